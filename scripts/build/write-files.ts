import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Contents by path. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Writes files below a folder, which is made where it is missing. */
export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
