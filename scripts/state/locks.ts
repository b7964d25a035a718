import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { layers, type Layer } from "../../deploy/shared/layers";
import type { BackendClients } from "../../packages/terraform-backend/src/backend";
import * as store from "../../packages/terraform-backend/src/lock-store";
import { lockLine, type StateLock } from "../../packages/terraform-backend/src/state-lock";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import type { Target } from "../core/target";

export type LayerLock = StateLock & { readonly layer: Layer };

/** The locks that are held on an environment's states. */
export async function readLocks(
  { backends }: EnvironmentConfig,
  clients: BackendClients,
): Promise<LayerLock[]> {
  const found = layers.map(async (layer) => {
    const locks = await store.readLocks(backends[layer], clients);
    return locks.map((lock) => ({ ...lock, layer }));
  });
  return (await Promise.all(found)).flat();
}

/** @throws {BackendError} when another run has taken the lock since */
export const releaseLock = ({ backends }: EnvironmentConfig, clients: BackendClients, lock: LayerLock) =>
  store.releaseLock(backends[lock.layer], clients, lock);

/**
 * Prints who holds the locks of an environment's states.
 * @returns the locks
 */
export async function printLocks({ config, clients }: EnvironmentAccount): Promise<readonly LayerLock[]> {
  const locks = await readLocks(config, clients);
  if (locks.length === 0) console.log("  no state is locked");
  for (const lock of locks) console.log(`  ${lock.layer.padEnd(5)} ${lockLine(lock)}`);
  return locks;
}

/** @throws {CommandError} when no lock has that id */
export async function releaseLockById(
  { account: { config, clients }, confirm }: Target,
  locks: readonly LayerLock[],
  id: string,
): Promise<void> {
  const chosen = locks.filter(({ ID }) => ID === id);
  const held = locks.map(({ ID }) => ID).join(", ");
  if (chosen.length === 0)
    throw userError(
      `There is no lock ${id}.`,
      held === "" ? "a lock that is held; none is" : `the id of one that is held: ${held}`,
      "copy the id from what npm run cli -- locks <environment> prints",
    );
  await confirm(`Release lock ${id}? Has its holder ended?`);
  for (const lock of chosen) await releaseLock(config, clients, lock);
  console.log(`Released lock ${id}.`);
}
