import { acquireLock } from "./acquire-lock";
import { discardState } from "./kept-state";
import type { LocalPaths } from "./local-paths";

/**
 * Removes everything that the local cloud holds: the emulator's state, Terraform's states in it, and records of deployments.
 * Installed tools and Terraform's providers are kept.
 * @throws {LocalCloudError} naming the process that uses the folder
 */
export async function resetLocalCloud(paths: LocalPaths): Promise<void> {
  const lock = await acquireLock(paths, "no endpoint: npm run cli -- reset");
  try {
    discardState(paths);
  } finally {
    lock.release();
  }
}
