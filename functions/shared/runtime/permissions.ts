import type { tableSchema } from "../aws/dynamodb/table-schema";

/**
The actions that a function calls. deploy/30_app creates a role that allows these and no others.
 * Actions are IAM's names, `service:Operation`.
 */
export interface FunctionPermissions {
  /** On the task queue. */
  readonly taskQueue: readonly `sqs:${string}`[];
  /** On the table itself; a transaction needs the action of each item in it. */
  readonly table: readonly `dynamodb:${string}`[];
  /** Indexes that the function queries. */
  readonly queries: readonly (keyof typeof tableSchema.indexes)[];
  /** Names of the secrets whose values the function reads. */
  readonly secrets: readonly string[];
}
