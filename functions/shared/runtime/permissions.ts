import type { BucketName, QueueName, TableName } from "../../service";
import type { tableSchema } from "../aws/dynamodb/table-schema";

type Actions<Service extends string> = readonly `${Service}:${string}`[];

/**
 * The actions that a function calls. deploy/30_app creates a role that allows these and no others, and sets the
 * variables of `resource-variables.ts`. Actions are IAM's names, `service:Operation`.
 */
export interface FunctionPermissions {
  /** On queues of functions/service.ts; a function that consumes a queue may poll it anyway. */
  readonly queues?: { readonly [Name in QueueName]?: Actions<"sqs"> };
  /** On the dead-letter queues of these queues. */
  readonly deadLetterQueues?: { readonly [Name in QueueName]?: Actions<"sqs"> };
  /** On the table of tasks itself; a transaction needs the action of each item in it. */
  readonly table?: Actions<"dynamodb">;
  /** Indexes of the table of tasks that the function queries. */
  readonly queries?: readonly (keyof typeof tableSchema.indexes)[];
  /** On tables of functions/service.ts. */
  readonly tables?: { readonly [Name in TableName]?: Actions<"dynamodb"> };
  /** On buckets of functions/service.ts and their objects. */
  readonly buckets?: { readonly [Name in BucketName]?: Actions<"s3"> };
  /** Names of the secrets whose values the function reads. */
  readonly secrets?: readonly string[];
}
