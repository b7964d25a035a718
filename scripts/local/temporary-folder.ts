import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { temporaryFolderUnusable } from "./errors";

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
  const problem = problemOf(folder);
  if (problem !== undefined) throw temporaryFolderUnusable(folder, problem);
  if (Buffer.byteLength(folder) <= longestBytes) return { TMPDIR: folder };
  const shortProblem = problemOf(short);
  if (shortProblem === undefined) return { TMPDIR: short };
  throw temporaryFolderUnusable(short, `${shortProblem}, and ${folder} is too long for Terraform's sockets`);
}

function problemOf(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return "it does not exist";
  if (!found.isDirectory()) return "it is no folder";
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return "it cannot be written to";
  }
}
