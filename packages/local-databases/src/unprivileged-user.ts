import { spawnSync } from "node:child_process";
import { noUnprivilegedUser } from "./errors";
import type { ServerUser } from "./supervised-server";

/** Exists on Linux and macOS, and owns nothing. */
export const unprivilegedUser = "nobody";

/**
 * The user of a program that refuses to run as root.
 * @returns undefined when this process is not root
 * @throws {LocalCloudError}
 */
export function userUnlessRoot(isRoot = process.getuid?.() === 0): ServerUser | undefined {
  if (!isRoot) return undefined;
  const id = (option: string) => Number(spawnSync("id", [option, unprivilegedUser]).stdout.toString().trim());
  const [uid, gid] = [id("-u"), id("-g")];
  if (!(uid > 0) || !(gid > 0)) throw noUnprivilegedUser(unprivilegedUser);
  return { uid, gid };
}

/** Whether that user may enter a folder, with all folders above it. */
export const canEnter = (folder: string, { uid, gid }: ServerUser): boolean =>
  spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { uid, gid, cwd: "/" }).status === 0;
