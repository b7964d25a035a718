import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";

/** A hash of parts. Lengths are included, so that different lists never have the same bytes. */
export function digest(parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest();
}

/** Replaces a file atomically: other processes read the old content or the new one. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, content);
  renameSync(part, path);
}
