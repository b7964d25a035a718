import { resolve } from "node:path";
import { LocalCloudError } from "./errors";
import { temporaryFolderProblem } from "./temporary-folder-problem.cjs";

/**
 * The longest TMPDIR for Terraform, which uses Unix sockets there: `plugin-dir1234567890/plugin1234567890`. A socket's path
 * has at most 104 bytes on macOS and 108 on Linux, including the final zero.
 */
const longestBytes = 103 - Buffer.byteLength("/plugin-dir1234567890/plugin1234567890");

/**
 * The TMPDIR of children that may run Terraform: the user's as an absolute path, or a short one if that is too long.
 * @returns an empty object when none is set
 * @throws {LocalCloudError} when it does not exist, or cannot be written to
 */
export function temporaryFolderFor(
  { TMPDIR }: NodeJS.ProcessEnv,
  short = "/tmp",
): { readonly TMPDIR?: string } {
  if (TMPDIR === undefined || TMPDIR === "") return {};
  const folder = resolve(TMPDIR);
  assertUsable(folder);
  if (Buffer.byteLength(folder) <= longestBytes) return { TMPDIR: folder };
  assertUsable(short);
  return { TMPDIR: short };
}

function assertUsable(folder: string): void {
  const problem = temporaryFolderProblem(folder);
  if (problem !== undefined) throw new LocalCloudError(problem);
}
