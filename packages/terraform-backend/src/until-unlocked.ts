import { setTimeout as delay } from "node:timers/promises";
import type { Backend, BackendClients } from "./backend";
import { StateLockedError } from "./errors";
import { readRow } from "./lock-store";
import { describeHolder, parseLockInfo } from "./state-lock";

const pauseMilliseconds = 5_000;

/**
 * Waits until a state's lock is released. Reads only the table, since the plan role cannot read lockfiles.
 * @throws {StateLockedError} when it is still held after that time
 */
export async function untilUnlocked(
  backend: Backend,
  clients: Pick<BackendClients, "dynamodb">,
  minutes: number,
  report: (line: string) => void,
  pause = pauseMilliseconds,
): Promise<void> {
  const deadline = performance.now() + minutes * 60_000;
  for (;;) {
    const row = await readRow(backend, clients);
    if (row === undefined) return;
    const holder = parseLockInfo(row);
    if (performance.now() > deadline) throw new StateLockedError(backend, holder);
    report(`waiting for the lock: ${describeHolder(holder)}`);
    await delay(pause);
  }
}
