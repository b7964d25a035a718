import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Contents by path. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Writes files below a folder, which is created if it is missing. */
export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/**
 * Replaces a file atomically: readers see the old or the new content, even when several processes write it or one is
 * interrupted.
 * @param mode of the file, minus the umask
 */
export function replaceFile(path: string, bytes: Uint8Array, mode = 0o666): void {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, bytes, { mode });
  renameSync(part, path);
}
