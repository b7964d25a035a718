import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceOnce } from "../../deploy/testing/replace-once";
import { root } from "../build/paths";

/** A copy of the repository that a test may change. */
export class RepositoryCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  constructor() {
    for (const name of ["cdktf.json", "package.json", "tsconfig.json", "tsconfig.base.json"]) this.copy(name);
    for (const name of ["bench", "client", "deploy", "e2e", "functions", "layers", "packages", "scripts"])
      this.copy(name);
    this.linkModules();
  }

  /** Replaces a text of a file, which must be there. */
  edit(path: string, from: string | RegExp, to: string): void {
    const file = join(this.folder, path);
    writeFileSync(file, replaceOnce(readFileSync(file, "utf8"), from, to, path));
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Installed packages are shared; the repository's own are those of the copy. */
  private linkModules(): void {
    const own = "@serverless-tasks";
    const installed = join(root, "node_modules");
    const modules = join(this.folder, "node_modules");
    mkdirSync(join(modules, own), { recursive: true });
    for (const name of readdirSync(installed)) {
      if (name !== own) symlinkSync(join(installed, name), join(modules, name));
    }
    symlinkSync(join(this.folder, "functions"), join(modules, own, "functions"));
    symlinkSync(join(this.folder, "layers", "dependencies"), join(modules, own, "dependencies"));
  }

  private copy(name: string): void {
    cpSync(join(root, name), join(this.folder, name), {
      recursive: true,
      filter: (path) => !/node_modules|cdktf\.out/.test(path),
    });
  }
}
