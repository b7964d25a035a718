import { expiry, stateAttributes, taskKey } from "./task-item";
import type { TaskState } from "../../tasks/task";

/** One conditional update of a task. */
export interface TaskChange {
  readonly id: string;
  readonly state: TaskState;
  readonly now: Date;
  /** Days until a finished task expires; undefined if it never does. */
  readonly retentionDays?: number | undefined;
  /** Further attributes to set, e.g. `{ result }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Adds one to an attribute. */
  readonly count?: "attempts" | "revision" | "effects";
  /** ConditionExpression, with its own `:values`. */
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Input of UpdateCommand. Attribute names are placeholders, since `state`, `result` and others are reserved words.
 * An index entry whose attributes get the values that they have is not written.
 */
export function updateOf(tableName: string, change: TaskChange) {
  const { id, state, now, retentionDays, set = {}, count, condition, values = {} } = change;
  const attributes: Record<string, unknown> = {
    updatedAt: now.toISOString(),
    leaseEnds: undefined,
    ...(state === "succeeded" && { error: undefined }),
    ...stateAttributes(id, state),
    ...expiry(state, now, retentionDays),
    ...set,
  };
  const names = Object.keys(attributes).filter((name) => attributes[name] !== undefined);
  const remove = Object.keys(attributes).filter((name) => attributes[name] === undefined);
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
      ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      ...(count ? { ":one": 1 } : {}),
      ...values,
    },
  };
}

const namesIn = (expression: string) => [...expression.matchAll(/#(\w+)/g)].flatMap(([, name]) => name ?? []);
