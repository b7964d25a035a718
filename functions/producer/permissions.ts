import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the producer calls. */
export const producerPermissions: FunctionPermissions = {
  taskQueue: ["sqs:SendMessage"],
  // Scheduled tasks and the lease of the sweep are put; tasks that are sent, abandoned or put back, and the lease's end, are
  // updates.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  queries: ["outbox", "byState"],
  secrets: [],
};
