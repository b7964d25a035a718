import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { TaskState } from "../../tasks/task";
import { epochSeconds, isExpired, parseTaskItem } from "./task-item";

/** Holds while the task is in one of these states. */
export const inOneOf = (states: readonly TaskState[]) => ({
  condition: `#state IN (${states.map((state) => `:${state}`).join(", ")})`,
  values: Object.fromEntries(states.map((state) => [`:${state}`, state])),
});

/** Holds while this attempt has the lease. */
export const heldByAttempt = (attempts: number) => ({
  condition: "#state = :running AND #attempts = :attempts",
  values: { ":running": "running", ":attempts": attempts },
});

/** Holds unless the task has a newer revision than the message. */
export const notNewerThan = (revision: number) => ({
  condition: "#revision <= :ofMessage",
  values: { ":ofMessage": revision },
});

/** Holds while the task is running and its lease has ended: its worker ended in the middle of an attempt. */
export const leaseExpired = (now: number) => ({
  condition: "#state = :running AND #leaseEnds < :now",
  values: { ":running": "running", ":now": now },
});

/** Holds unless the task has expired, and DynamoDB has not deleted it yet. */
export const notExpired = (now: Date) => ({
  condition: "(attribute_not_exists(#expiresAt) OR #expiresAt > :seconds)",
  values: { ":seconds": epochSeconds(now) },
});

/** Holds while a worker may claim the task. @param exclusive also if another worker ended in the middle of an attempt */
export function claimable(revision: number, now: Date, exclusive: boolean) {
  const free = inOneOf(["pending", "queued", "failed"]);
  const expired = leaseExpired(now.getTime());
  const freeOrExpired = {
    condition: `(${free.condition} OR (${expired.condition}))`,
    values: { ...free.values, ...expired.values },
  };
  return allOf(exclusive ? freeOrExpired : free, notNewerThan(revision), notExpired(now));
}

/** Holds when all of them do. */
export const allOf = (...parts: readonly { condition: string; values: Record<string, unknown> }[]) => ({
  condition: parts.map(({ condition }) => condition).join(" AND "),
  values: Object.assign({}, ...parts.map(({ values }) => values)) as Record<string, unknown>,
});

/** The item that failed the condition; undefined if there is none, or if it has expired. */
export function itemOf({ Item }: ConditionalCheckFailedException, now: Date) {
  const item = Item && unmarshall(Item);
  return item === undefined || isExpired(item, now) ? undefined : parseTaskItem(item);
}

/** @returns whether the condition held and the item was written */
export async function writeIfConditionHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Whether a transaction was cancelled for this reason. */
export const wasCancelledBy = (
  reason: "ConditionalCheckFailed" | "TransactionConflict",
  error: unknown,
): error is TransactionCanceledException =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === reason);
