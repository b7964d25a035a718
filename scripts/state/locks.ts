import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackLabel, standbyRegionOf } from "../bootstrap/environment-stacks";
import { accountsByRegion } from "../bootstrap/standby-account";
import type { BackendClients } from "../../packages/terraform-backend/src/backend";
import * as store from "../../packages/terraform-backend/src/lock-store";
import { lockLine, type StateLock } from "../../packages/terraform-backend/src/state-lock";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import type { Target } from "../core/target";

export type LayerLock = StateLock & { readonly layer: Layer; readonly standbyRegion?: string };

/** The locks that are held on an environment's states, in one of its regions. */
export async function readLocks(config: EnvironmentConfig, clients: BackendClients): Promise<LayerLock[]> {
  const standbyRegion = standbyRegionOf(config);
  const found = layers.map(async (layer) => {
    const locks = await store.readLocks(config.backends[layer], clients);
    const of = { layer, ...(standbyRegion !== undefined && { standbyRegion }) };
    return locks.map((lock) => ({ ...lock, ...of }));
  });
  return (await Promise.all(found)).flat();
}

/** @throws {BackendError} when another run has taken the lock since */
export const releaseLock = ({ backends }: EnvironmentConfig, clients: BackendClients, lock: LayerLock) =>
  store.releaseLock(backends[lock.layer], clients, lock);

/**
 * Prints who holds the locks of an environment's states, in each of its regions.
 * @returns the locks
 */
export async function printLocks(account: EnvironmentAccount): Promise<readonly LayerLock[]> {
  const regions = accountsByRegion(account).map(({ config, clients }) => readLocks(config, clients));
  const locks = (await Promise.all(regions)).flat();
  if (locks.length === 0) console.log("  no state is locked");
  for (const lock of locks)
    console.log(`  ${stackLabel(lock.layer, lock.standbyRegion).padEnd(5)} ${lockLine(lock)}`);
  return locks;
}

/** @throws {CommandError} when no lock has that id */
export async function releaseLockById(
  { account, confirm }: Target,
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
  for (const { config, clients } of accountsByRegion(account))
    for (const lock of chosen)
      if (lock.standbyRegion === standbyRegionOf(config)) await releaseLock(config, clients, lock);
  console.log(`Released lock ${id}.`);
}
