import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the API calls. */
export const apiPermissions: FunctionPermissions = {
  queues: { task: ["sqs:SendMessage"] },
  // Creating a task is a put; removing it from the outbox is an update. A list reads its tasks in a batch.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem", "dynamodb:BatchGetItem"],
  queries: ["byProgress", "byType", "byState"],
};
