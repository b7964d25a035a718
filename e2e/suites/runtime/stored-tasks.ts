import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskItem } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { aTask } from "@serverless-tasks/functions/shared/testing/builders";
import { item } from "../../../packages/aws-stub/src/aws-responses";

/** The request id of all events. */
export const requestId = "request-1";

/** The item of a task in the table. */
export const stored = (values: Partial<Task> = {}, request = requestId) =>
  newTaskItem(aTask(values), { requestId: request });

/** The item of a task as DynamoDB returns it. */
export const storedItem = (values: Partial<Task> = {}) => item(stored(values));

/** A value of every JSON type. */
export const anyJson = {
  string: "h\u00e4",
  null: null,
  list: [1, "two", [], { three: 3 }],
  number: -1.5e-7,
  integer: 9_007_199_254_740_991,
  boolean: true,
  empty: "",
  nested: { deep: { deeper: {} } },
};
