import type { FunctionPermissions } from "../shared/runtime/permissions";
import { taskSecrets } from "./handlers";

/**
 * The worker's permissions. Lambda's poller receives and deletes messages and reads attributes with the worker's role;
 * the worker itself changes the visibility timeout of messages.
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
