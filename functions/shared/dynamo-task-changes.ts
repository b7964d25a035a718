import { tableSchema } from "./table-schema";
import { statePartition, taskKey } from "./task-item";
import { shardOf } from "./shards";
import type { TaskState } from "./task";

const { outbox, byState } = tableSchema.indexes;

/** One conditional write of a task, in the words of DynamoDB's expressions. */
export interface TaskChange {
  readonly id: string;
  readonly state: TaskState;
  readonly now: Date;
  /** Further attributes to set, e.g. `{ result }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Counts an attempt. */
  readonly countAttempt?: boolean;
  /** The task has left the outbox. */
  readonly sent?: boolean;
  /** What must hold of the task as it is, with `:values` of its own. */
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Names of attributes are always placeholders: `state`, `result` and others are reserved words in DynamoDB. */
export function updateOf(tableName: string, shards: number, change: TaskChange) {
  const { id, state, now, set = {}, countAttempt, sent, condition, values = {} } = change;
  const assigned: Record<string, unknown> = {
    state,
    updatedAt: now.toISOString(),
    [byState.partitionKey]: statePartition(state, shardOf(id, shards)),
    ...set,
  };
  const names = Object.keys(assigned);
  const removed = [
    ...(sent ? [outbox.partitionKey, outbox.sortKey] : []),
    ...(state === "running" ? [] : ["leaseEnds"]),
    ...(state === "succeeded" ? ["error"] : []),
  ];
  const remove = removed.filter((name) => !(name in assigned));
  return {
    TableName: tableName,
    Key: taskKey(id),
    UpdateExpression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(", ")}`] : []),
      ...(countAttempt ? ["ADD #attempts :one"] : []),
    ].join(" "),
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(
      [...names, ...remove, ...(countAttempt ? ["attempts"] : []), ...namesIn(condition)].map((name) => [
        `#${name}`,
        name,
      ]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, assigned[name]])),
      ...(countAttempt ? { ":one": 1 } : {}),
      ...values,
    },
  };
}

const namesIn = (expression: string) => [...expression.matchAll(/#(\w+)/g)].flatMap(([, name]) => name ?? []);
