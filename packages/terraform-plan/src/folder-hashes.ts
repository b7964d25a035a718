import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * SHA-256 of every file in a folder, by its path in the folder.
 * @param ignored paths of ignored files and folders
 */
export function folderHashes(folder: string, ignored: RegExp): Map<string, string> {
  const filesIn = (inner: string): string[] =>
    readdirSync(join(folder, inner), { withFileTypes: true })
      .map((entry) => ({ entry, path: join(inner, entry.name) }))
      .filter(({ path }) => !ignored.test(path))
      .flatMap(({ entry, path }) => (entry.isDirectory() ? filesIn(path) : [path]))
      .sort();
  const hash = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  return new Map(filesIn("").map((file) => [file, hash(file)]));
}

/** The first file that was added, removed or changed since hashes were taken; undefined when none was. */
export function changedFile(
  before: Readonly<Record<string, string>>,
  now: ReadonlyMap<string, string>,
): string | undefined {
  return [...new Set([...now.keys(), ...Object.keys(before)])].find((file) => now.get(file) !== before[file]);
}
