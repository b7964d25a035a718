import type { FunctionPermissions } from "../shared/runtime/permissions";
import { taskSecrets } from "./handlers";

/**
 * What the worker calls. Lambda's poller receives, deletes and reads attributes with the worker's role; the worker
 * itself changes the visibility of messages that are to come again.
 */
export const workerPermissions: FunctionPermissions = {
  taskQueue: [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ChangeMessageVisibility",
  ],
  // Claim, success and failure are updates; the effect's row is put in the transaction of the success.
  table: ["dynamodb:UpdateItem", "dynamodb:PutItem"],
  queries: ["byCreation"],
  secrets: taskSecrets,
};
