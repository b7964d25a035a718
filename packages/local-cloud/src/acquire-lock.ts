import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { LocalPaths } from "./local-paths";
import { LocalCloudLock } from "./local-cloud-lock";
import type { LockRecord } from "./lock-record";
import { markComplete } from "./kept-state";
import { endProcess } from "./process-identity";
import { hasSaved } from "./shutdown-log";

/** An emulator whose parent has ended needs this time to save its state. */
const saveSeconds = 30;

/**
 * Locks a state folder for this process, and cleans up after a holder that was killed: its processes are ended, and the
 * state of its emulator is kept if it is complete.
 * @throws {LocalCloudError} naming the holder
 */
export async function acquireLock(paths: LocalPaths, endpoint: string): Promise<LocalCloudLock> {
  const lock = LocalCloudLock.acquire(paths, endpoint);
  if (lock.abandoned !== undefined) await cleanUpAfter(lock.abandoned, paths);
  lock.update({ deployment: undefined, emulator: undefined, temp: undefined });
  return lock;
}

async function cleanUpAfter({ deployment, emulator, temp }: LockRecord, paths: LocalPaths): Promise<void> {
  if (deployment !== undefined) await endProcess(deployment, 0);
  if (emulator !== undefined) {
    await endProcess(emulator, saveSeconds);
    if (deployment === undefined && temp !== undefined && hasEndedCleanly(temp, paths)) markComplete(paths);
  }
  if (temp !== undefined) rmSync(temp, { recursive: true, force: true });
}

/** The exit code is unknown, but the emulator removes its pid file only in a clean shutdown. */
function hasEndedCleanly(temp: string, paths: LocalPaths): boolean {
  if (!existsSync(temp) || !existsSync(paths.emulatorLog)) return false;
  const hasPidFile = readdirSync(temp).some((name) => /^ministack-\d+\.pid$/.test(name));
  return !hasPidFile && hasSaved(readFileSync(paths.emulatorLog, "utf8"));
}
