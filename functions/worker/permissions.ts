import type { FunctionPermissions } from "../shared/runtime/permissions";
import { taskSecrets } from "./handlers";

/** What the worker calls, in addition to polling of the task queue. */
export const workerPermissions: FunctionPermissions = {
  queues: { task: ["sqs:ChangeMessageVisibility"] },
  // The messages of tasks that a handler ends by a NonRetryableError.
  deadLetterQueues: { task: ["sqs:SendMessage"] },
  // Claim, success and failure are updates.
  table: ["dynamodb:UpdateItem"],
  // Reports count index entries.
  queries: ["byProgress", "byType", "byState"],
  secrets: taskSecrets,
};
