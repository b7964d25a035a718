import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { dynamoValue } from "./dynamo-value";
import { shardOf } from "./shards";
import { tableSchema } from "./table-schema";
import { isOpen, task, type Task, type TaskState } from "../../tasks/task";
import { UnreadableTaskError, type Origin } from "../../tasks/task-repository";
import { traceAttributes } from "../../tasks/message";

const { partitionKey, sortKey, timeToLive, indexes } = tableSchema;

/** A task in the table: the task itself, and internal attributes. */
const taskItem = z.extend(task, {
  /** The request or event that submitted the task. */
  requestId: z.string(),
  /** The message group of the caller. */
  group: z.optional(z.string()),
  ...traceAttributes,
  /** Epoch milliseconds at which the lease ends. */
  leaseEnds: z.optional(z.number()),
});
export type TaskItem = z.output<typeof taskItem>;

/** The table's key of a task. */
export const taskKey = (id: string) => ({ [partitionKey]: `TASK#${id}`, [sortKey]: "TASK" });

/** The table's key of the record of an idempotency key; hashed, since clients choose it. */
export const idempotencyKey = (scope: string) => ({
  [partitionKey]: `IDEMPOTENCY#${createHash("sha256").update(scope).digest("hex")}`,
  [sortKey]: "IDEMPOTENCY",
});

/** The states with partitions of their own: those that only few tasks are in at a time, or that few tasks end in. */
export const listedStates = [
  "pending",
  "running",
  "failed",
  "cancelled",
] as const satisfies readonly TaskState[];
export type ListedState = (typeof listedStates)[number];
export const isListed = (state: TaskState): state is ListedState =>
  listedStates.some((listed) => listed === state);

export type Progress = "open" | "done";
export const progressPartition = (progress: Progress, shard: number) => `${progress}#${shard}`;
export const typePartition = (type: string, shard: number) => `${type}#${shard}`;
export const statePartition = (state: ListedState, shard: number) => `${state}#${shard}`;

/** The partition of a task in the by-state index; undefined if it is not in the index. */
export const partitionOfState = (id: string, state: TaskState): string | undefined =>
  isListed(state) ? statePartition(state, shardOf(id)) : undefined;

/** The attributes that follow from a task's state. Undefined ones are absent. */
export const stateAttributes = (id: string, state: TaskState) => ({
  state,
  [indexes.byProgress.partitionKey]: progressPartition(isOpen(state) ? "open" : "done", shardOf(id)),
  [indexes.byState.partitionKey]: partitionOfState(id, state),
  outcome: isOpen(state) ? undefined : state,
});

/** When a task expires that has reached a state at that time; an open task never does. */
export const expiry = (state: TaskState, now: Date, retentionDays: number | undefined) => ({
  [timeToLive]:
    retentionDays === undefined || isOpen(state)
      ? undefined
      : epochSeconds(now) + retentionDays * secondsPerDay,
});

const secondsPerDay = 24 * 3600;
export const epochSeconds = (time: Date) => Math.floor(time.getTime() / 1000);

/** DynamoDB deletes expired items within days. Until then they count as deleted. */
export function isExpired(item: Readonly<Record<string, unknown>>, now: Date): boolean {
  const expires = item[timeToLive];
  return typeof expires === "number" && expires <= epochSeconds(now);
}

/** The item of a new task, in the outbox. */
export const newTaskItem = (task: Task, origin: Origin): Record<string, unknown> => ({
  ...taskKey(task.id),
  ...task,
  payload: dynamoValue(task.payload),
  ...present({ ...origin }),
  // The number of recorded effects: 0 or 1.
  effects: 0,
  [indexes.byType.partitionKey]: typePartition(task.type, shardOf(task.id)),
  ...present(stateAttributes(task.id, task.state)),
});

const present = (attributes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

/** @throws {UnreadableTaskError} when no version of this service has written the item */
export const parseTaskItem = (item: unknown): TaskItem => parse(taskItem, item);

/** The task of an item, without internal attributes. */
export const taskOf = (item: unknown): Task => parse(task, item);

function parse<Schema extends z.ZodMiniType>(schema: Schema, item: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  throw new UnreadableTaskError(error);
}
