import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { stackId } from "../../deploy/shared/naming";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { stateLocked } from "./errors";
import { readLocks, releaseLock, takeLock } from "./lock-store";
import { releaseCommand } from "./release-command";

export interface LockedWork {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  readonly layer: Layer;
  /** For others that find the lock: what it is held for. */
  readonly operation: string;
}

/**
 * Does something to a layer's state while nobody else can change it.
 * @param work is given the name that the lock is held under
 * @throws {CommandError} when the state is locked
 */
export async function withLock<Result>(
  { config, clients, layer, operation }: LockedWork,
  work: (who: string) => Promise<Result>,
): Promise<Result> {
  const who = `${userInfo().username}@${hostname()}`;
  const ID = randomUUID();
  const info = { ID, Who: who, Operation: operation, Created: new Date().toISOString() };
  if (!(await takeLock(config.backends[layer], clients, info))) throw await locked(config, clients, layer);
  try {
    return await work(who);
  } finally {
    const mine = (await readLocks(config, clients)).filter((lock) => lock.ID === ID);
    for (const lock of mine) await releaseLock(config, clients, lock);
  }
}

async function locked(config: EnvironmentConfig, clients: StateClients, layer: Layer) {
  const holder = (await readLocks(config, clients)).find((lock) => lock.layer === layer);
  const stack = stackId(layer, config.name);
  // Whoever had it a moment ago may have ended by now.
  const info = holder ?? { ID: "unknown", Who: "somebody", Operation: "unknown", Created: "unknown" };
  return stateLocked(stack, info, releaseCommand(config.name, info.ID, process.env));
}
