import { resolve } from "node:path";
import { LocalCloudError } from "./errors";
import { temporaryFolderProblem } from "./temporary-folder-problem.cjs";

/**
 * The longest TMPDIR that Terraform works with. It talks to its providers through unix sockets there, named
 * `plugin-dir1234567890/plugin1234567890`; a socket's path has 104 bytes on macOS, 108 on Linux, with the final zero.
 */
const longestBytes = 103 - Buffer.byteLength("/plugin-dir1234567890/plugin1234567890");

/**
 * The TMPDIR of children that may run Terraform: the person's own, as an absolute path, or a short one.
 * @returns undefined where none is set: then it is /tmp
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
