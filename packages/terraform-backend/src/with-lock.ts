import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Backend, BackendClients } from "./backend";
import { StateLockedError } from "./errors";
import { readLocks, releaseLock, takeLock } from "./lock-store";
import { parseLockInfo } from "./state-lock";

/**
 * Runs work under a state's lock.
 * @param operation recorded in the lock
 * @param work receives the user that is recorded in the lock
 * @throws {StateLockedError}
 */
export async function withLock<Result>(
  backend: Backend,
  clients: BackendClients,
  operation: string,
  work: (who: string) => Promise<Result>,
): Promise<Result> {
  const who = `${userInfo().username}@${hostname()}`;
  const ID = randomUUID();
  const info = { ID, Who: who, Operation: operation, Created: new Date().toISOString() };
  if (!(await takeLock(backend, clients, info))) {
    const [holder] = await readLocks(backend, clients);
    // The run that held it may have ended since.
    throw new StateLockedError(backend, holder ?? parseLockInfo(""));
  }
  try {
    return await work(who);
  } finally {
    const mine = (await readLocks(backend, clients)).filter((lock) => lock.ID === ID);
    for (const lock of mine) await releaseLock(backend, clients, lock);
  }
}
