import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the producer calls. */
export const producerPermissions: FunctionPermissions = {
  queues: { task: ["sqs:SendMessage"] },
  // Scheduled tasks and the lease of the sweep are puts; published, abandoned and requeued tasks, and the end of the
  // lease, are updates. A sweep reads the tasks that it finds in batches.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchGetItem"],
  queries: ["byProgress", "byState"],
};
