import { setTimeout as delay } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { BackendConfig } from "../../deploy/config/schemas/backend";
import { lockId, readRow } from "../state/lock-store";
import { describeHolder, parseLockInfo } from "../state/state-lock";
import { stillLocked } from "./errors";

const pauseMilliseconds = 5_000;

/**
 * Waits until no run holds a state's lock. Looks at the half in the table alone: the plan role may not read lockfiles.
 * @throws {CommandError} when one still does after that time
 */
export async function untilUnlocked(
  backend: BackendConfig,
  dynamodb: DynamoDBClient,
  minutes: number,
  report: (line: string) => void,
  pause = pauseMilliseconds,
): Promise<void> {
  const deadline = performance.now() + minutes * 60_000;
  for (;;) {
    const row = await readRow(backend, { dynamodb });
    if (row === undefined) return;
    const holder = describeHolder(parseLockInfo(row));
    if (performance.now() > deadline) throw stillLocked(lockId(backend), holder, minutes);
    report(`waiting for the lock: ${holder}`);
    await delay(pause);
  }
}
