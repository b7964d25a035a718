import type { FunctionPermissions } from "../shared/permissions";

/** What the producer calls. */
export const producerPermissions: FunctionPermissions = {
  taskQueue: ["sqs:SendMessage"],
  // Accepting a scheduled task puts it; taking note that it is sent, or was abandoned, updates it.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  queries: ["outbox", "byState"],
  secrets: [],
};
