import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskItem } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { aTask } from "@serverless-tasks/functions/shared/testing/builders";
import { item } from "../../../packages/aws-stub/src/aws-responses";

/** The request of all events. */
export const requestId = "request-1";

/** A task as the table has it. */
export const stored = (values: Partial<Task> = {}, request = requestId) =>
  newTaskItem(aTask(values), request);

/** And as DynamoDB tells it. */
export const storedItem = (values: Partial<Task> = {}) => item(stored(values));

/** Each kind of value that JSON has. */
export const anyJson = {
  text: "h\u00e4",
  none: null,
  list: [1, "two", [], { three: 3 }],
  number: -1.5e-7,
  whole: 9_007_199_254_740_991,
  yes: true,
  empty: "",
  nested: { deep: { deeper: {} } },
};
