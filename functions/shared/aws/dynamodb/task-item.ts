import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { dynamoValue } from "./dynamo-value";
import { shardOf } from "./shards";
import { tableSchema } from "./table-schema";
import { task, type Task, type TaskState } from "../../tasks/task";
import { UnreadableTaskError } from "../../tasks/task-repository";

const { partitionKey, sortKey, indexes } = tableSchema;

/** A task in the table: the task itself, and internal attributes. */
const taskItem = z.extend(task, {
  /** The request or event that submitted the task. */
  requestId: z.string(),
  /** Epoch milliseconds at which the lease ends. */
  leaseEnds: z.optional(z.number()),
});
export type TaskItem = z.output<typeof taskItem>;

/** The table's key of a task. */
export const taskKey = (id: string) => ({ [partitionKey]: `TASK#${id}`, [sortKey]: "TASK" });

/** The table's key of the item that records the effect of a task. */
export const effectKey = (id: string) => ({ [partitionKey]: `TASK#${id}`, [sortKey]: "EFFECT" });

/** The table's key of the record of an idempotency key; hashed, since clients choose it. */
export const idempotencyKey = (scope: string) => ({
  [partitionKey]: `IDEMPOTENCY#${createHash("sha256").update(scope).digest("hex")}`,
  [sortKey]: "IDEMPOTENCY",
});

export const listPartition = (shard: number) => `LIST#${shard}`;
export const statePartition = (state: TaskState, shard: number) => `${state}#${shard}`;
export const outboxPartition = (shard: number) => `OUTBOX#${shard}`;

/** The item of a new task, with its index keys and its outbox mark. */
export function newTaskItem(task: Task, requestId: string): Record<string, unknown> {
  const shard = shardOf(task.id);
  return {
    ...taskKey(task.id),
    ...task,
    payload: dynamoValue(task.payload),
    requestId,
    [indexes.byCreation.partitionKey]: listPartition(shard),
    [indexes.byCreation.sortKey]: task.id,
    [indexes.byState.partitionKey]: statePartition(task.state, shard),
    [indexes.byState.sortKey]: task.id,
    ...outboxMark(task.id),
  };
}

/** The keys of the outbox index. An item has them until its message is published. */
export const outboxMark = (id: string) => ({
  [indexes.outbox.partitionKey]: outboxPartition(shardOf(id)),
  [indexes.outbox.sortKey]: id,
});

/** @throws {UnreadableTaskError} when no version of this service has written the item */
export const parseTaskItem = (item: unknown): TaskItem => parse(taskItem, item);

/** The task of an item, without internal attributes. */
export const taskOf = (item: unknown): Task => parse(task, item);

function parse<Schema extends z.ZodMiniType>(schema: Schema, item: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  throw new UnreadableTaskError(error);
}
