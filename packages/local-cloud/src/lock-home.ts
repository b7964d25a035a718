import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { Home } from "./home";
import { HomeLock } from "./home-lock";
import type { LockRecord } from "./lock-record";
import { sealState } from "./kept-state";
import { endProcess } from "./process-identity";
import { hasSaved } from "./shutdown-log";

/** An emulator without its parent saves its state by itself. */
const saveSeconds = 30;

/**
 * Takes a home folder for this process, and cleans up after a holder that was killed: what it left running is ended, and
 * what its emulator held is kept if that is whole.
 * @throws {LocalCloudError} naming the process that holds it
 */
export async function lockHome(home: Home, endpoint: string): Promise<HomeLock> {
  const lock = HomeLock.acquire(home, endpoint);
  if (lock.abandoned !== undefined) await cleanUpAfter(lock.abandoned, home);
  lock.note({ deployment: undefined, emulator: undefined, temp: undefined });
  return lock;
}

async function cleanUpAfter({ deployment, emulator, temp }: LockRecord, home: Home): Promise<void> {
  if (deployment !== undefined) await endProcess(deployment, 0);
  if (emulator !== undefined) {
    await endProcess(emulator, saveSeconds);
    if (deployment === undefined && temp !== undefined && hasEndedCleanly(temp, home)) sealState(home);
  }
  if (temp !== undefined) rmSync(temp, { recursive: true, force: true });
}

/** Its exit code is lost, but it removes its own pid file only when it ends by itself. */
function hasEndedCleanly(temp: string, home: Home): boolean {
  if (!existsSync(temp) || !existsSync(home.emulatorLog)) return false;
  const hasPidFile = readdirSync(temp).some((name) => /^ministack-\d+\.pid$/.test(name));
  return !hasPidFile && hasSaved(readFileSync(home.emulatorLog, "utf8"));
}
