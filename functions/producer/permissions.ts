import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the producer calls. */
export const producerPermissions: FunctionPermissions = {
  taskQueue: ["sqs:SendMessage"],
  // Scheduled tasks and the lease of the sweep are puts; published, abandoned and requeued tasks, and the end of the
  // lease, are updates.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  queries: ["outbox", "byState"],
  secrets: [],
};
