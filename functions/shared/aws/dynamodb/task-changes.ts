import { tableSchema } from "./table-schema";
import { statePartition, taskKey } from "./task-item";
import { shardOf } from "./shards";
import type { TaskState } from "../../tasks/task";

const { outbox, byState } = tableSchema.indexes;

/** One conditional update of a task. */
export interface TaskChange {
  readonly id: string;
  readonly state: TaskState;
  readonly now: Date;
  /** Further attributes to set, e.g. `{ result }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Adds one to an attribute. */
  readonly count?: "attempts" | "revision";
  /** Whether the task leaves the outbox. */
  readonly published?: boolean;
  /** ConditionExpression, with its own `:values`. */
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Input of UpdateCommand. Attribute names are placeholders, since `state`, `result` and others are reserved words. */
export function updateOf(tableName: string, change: TaskChange) {
  const { id, state, now, set = {}, count, published, condition, values = {} } = change;
  const assigned: Record<string, unknown> = {
    state,
    updatedAt: now.toISOString(),
    [byState.partitionKey]: statePartition(state, shardOf(id)),
    ...set,
  };
  const names = Object.keys(assigned);
  const removed = [
    ...(published ? [outbox.partitionKey, outbox.sortKey] : []),
    ...(state === "running" ? [] : ["leaseEnds"]),
    ...(state === "succeeded" ? ["error"] : []),
  ];
  const remove = removed.filter((name) => !(name in assigned));
  const assignments = [
    ...names.map((name) => `#${name} = :${name}`),
    ...(count ? [`#${count} = #${count} + :one`] : []),
  ];
  return {
    TableName: tableName,
    Key: taskKey(id),
    UpdateExpression: [
      `SET ${assignments.join(", ")}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(", ")}`] : []),
    ].join(" "),
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(
      [...names, ...remove, ...(count ? [count] : []), ...namesIn(condition)].map((name) => [
        `#${name}`,
        name,
      ]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, assigned[name]])),
      ...(count ? { ":one": 1 } : {}),
      ...values,
    },
  };
}

const namesIn = (expression: string) => [...expression.matchAll(/#(\w+)/g)].flatMap(([, name]) => name ?? []);
