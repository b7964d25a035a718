import { mkdirSync, renameSync, writeFileSync } from "node:fs";
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

/**
 * Puts a file in the place of another, whole: who reads it meanwhile sees the one or the other, also when several
 * processes write it at once or one of them is interrupted.
 * @param mode for a new file, less the umask
 */
export function replaceFile(path: string, bytes: Uint8Array, mode = 0o666): void {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, bytes, { mode });
  renameSync(part, path);
}
