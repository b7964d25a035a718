import type { FunctionPermissions } from "../shared/runtime/permissions";

/** What the API calls. */
export const apiPermissions: FunctionPermissions = {
  taskQueue: ["sqs:SendMessage"],
  // Accepting a task puts it; taking note that it is sent updates it.
  table: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem"],
  queries: ["byCreation", "byState"],
  secrets: [],
};
