import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "../write-files";

/** A folder whose `node_modules` has a test's packages. */
export class InstalledPackages {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "packages-")));

  /** @param files content by path below `node_modules`; a missing `package.json` is added */
  constructor(files: Readonly<Record<string, string>>) {
    const names = new Set(Object.keys(files).map((path) => path.replace(/\/.*/, "")));
    const manifests = [...names].map((name) => [`${name}/package.json`, '{"version":"1.0.0"}'] as const);
    this.write({ ...Object.fromEntries(manifests), ...files }, "node_modules");
  }

  /** Writes files below a folder of this one. */
  write(files: Readonly<Record<string, string>>, below = "."): void {
    writeFiles(
      join(this.folder, below),
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    );
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
