import type { TaskState } from "../tasks/task";
import { columns, expiry } from "./task-row";

/** Adds a value to a statement. @returns its placeholder, `$3` */
export type Bind = (value: unknown) => string;

/** A condition on the row of a task, in SQL. */
export type Condition = (bind: Bind) => string;

/** One conditional update of a task. */
export interface TaskChange {
  readonly id: string;
  readonly state: TaskState;
  /** Further columns to set. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Adds one to a column. */
  readonly count?: "attempts" | "revision" | "effects";
  readonly when: Condition;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** @param write receives a function that adds values */
export function statement(write: (bind: Bind) => string): Statement {
  const values: unknown[] = [];
  const sql = write((value) => `$${values.push(value)}`);
  return { sql, values };
}

/** Updates a task if the condition holds, and returns the row after the update. */
export const updateOf = (change: TaskChange, now: Date, retentionDays: number | undefined): Statement =>
  statement((bind) => {
    const { id, state, set = {}, count, when } = change;
    const assigned: Record<string, unknown> = {
      ...{ state, updated_at: now, lease_ends: null },
      expires_at: expiry(state, now, retentionDays),
      ...(state === "succeeded" && { error: null }),
      ...set,
    };
    const assignments = [
      ...Object.entries(assigned).map(([column, value]) => `${column} = ${bind(value)}`),
      ...(count === undefined ? [] : [`${count} = ${count} + 1`]),
    ];
    return `UPDATE tasks SET ${assignments.join(", ")} WHERE id = ${bind(id)} AND (${when(bind)}) RETURNING ${columns}`;
  });

/** Reads a task, and whether the condition of a change holds for it now. */
export const readOf = ({ id, when }: TaskChange): Statement =>
  statement((bind) => `SELECT ${columns}, (${when(bind)}) AS holds FROM tasks WHERE id = ${bind(id)}`);

export const allOf =
  (...conditions: readonly Condition[]): Condition =>
  (bind) =>
    conditions.map((condition) => `(${condition(bind)})`).join(" AND ");

/** Holds while the task is in one of these states. */
export const inOneOf =
  (states: readonly TaskState[]): Condition =>
  (bind) =>
    `state = ANY(${bind(states)})`;

/** Holds unless the task has a newer revision than the message. */
export const notNewerThan =
  (revision: number): Condition =>
  (bind) =>
    `revision <= ${bind(revision)}`;

/** Holds while this attempt has the lease. */
export const heldByAttempt =
  (attempts: number): Condition =>
  (bind) =>
    `state = 'running' AND attempts = ${bind(attempts)}`;

/** Holds unless the task has expired, and no sweep has deleted it yet. */
export const notExpired =
  (now: Date): Condition =>
  (bind) =>
    `expires_at IS NULL OR expires_at > ${bind(now)}`;

/** Holds while a worker may claim the task. @param exclusive also if another worker ended in the middle of an attempt */
export const claimable = (revision: number, now: Date, exclusive: boolean): Condition => {
  const free = inOneOf(["pending", "queued", "failed"]);
  const freeOrExpired: Condition = (bind) =>
    `${free(bind)} OR (state = 'running' AND lease_ends < ${bind(now)})`;
  return allOf(exclusive ? freeOrExpired : free, notNewerThan(revision), notExpired(now));
};
