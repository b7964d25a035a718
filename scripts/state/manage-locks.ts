import type { EnvironmentAccount } from "../bootstrap/environment-account";
import type { Target } from "../core/target";
import { noSuchLock } from "./errors";
import { readLocks, releaseLock } from "./lock-store";
import { lockLine, type StateLock } from "./state-lock";

/**
 * Prints who holds the locks of an environment's states.
 * @returns the locks
 */
export async function printLocks(
  { config, clients }: EnvironmentAccount,
  json: boolean,
): Promise<readonly StateLock[]> {
  const locks = await readLocks(config, clients);
  if (json) console.log(JSON.stringify(locks, null, 2));
  else if (locks.length === 0) console.log("  no state is locked");
  else for (const lock of locks) console.log(`  ${lock.layer.padEnd(5)} ${lockLine(lock)}`);
  return locks;
}

/** @throws {CommandError} when no lock has that id */
export async function releaseLockById(
  { account: { config, clients }, confirm }: Target,
  locks: readonly StateLock[],
  id: string,
): Promise<void> {
  const chosen = locks.filter(({ ID }) => ID === id);
  if (chosen.length === 0)
    throw noSuchLock(
      id,
      locks.map(({ ID }) => ID),
    );
  await confirm(`Release lock ${id}? Has its holder ended?`);
  for (const lock of chosen) await releaseLock(config, clients, lock);
  console.log(`Released lock ${id}.`);
}
