import { spawnSync } from "node:child_process";
import { root } from "../../build/paths";
import { documentPath } from "./files";

/**
 * The API's document as it is in a revision of the repository.
 * @returns undefined where there is none: before the first, or outside a git checkout
 */
export function committedDocument(revision: string): unknown {
  const git = spawnSync("git", ["show", `${revision}:${documentPath}`], { cwd: root, encoding: "utf8" });
  return git.status === 0 ? JSON.parse(git.stdout) : undefined;
}
