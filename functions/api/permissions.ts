import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the API calls. */
export const apiPermissions: FunctionPermissions = {
  taskQueue: ["sqs:SendMessage"],
  // Creating a task is a put; removing it from the outbox is an update.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem"],
  queries: ["byCreation", "byState"],
  secrets: [],
};
