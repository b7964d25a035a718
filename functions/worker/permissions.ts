import type { FunctionPermissions } from "../shared/permissions";

/** What the worker calls. The first three are calls that Lambda's poller makes with the worker's role. */
export const workerPermissions: FunctionPermissions = {
  taskQueue: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  // Claim, success and failure are updates; the effect's row is put in the transaction of the success.
  table: ["dynamodb:UpdateItem", "dynamodb:PutItem"],
  queries: ["byCreation"],
};
