/**
 * What the service consists of. Roles, log groups, artifacts, variables, outputs, permissions of deployments, documents
 * and estimates follow from it. Each name is one word of a-z and 0-9: it is part of names in AWS, tfvars and variables.
 */

interface FunctionDeclaration {
  readonly description: string;
}

/** The functions: each is a folder here with an `index.ts`, and may have its permissions in `permissions.ts`. */
export const functions = {
  api: { description: "Serves the HTTP API" },
  worker: { description: "Processes tasks from the task queue" },
  producer: { description: "Submits scheduled tasks and republishes outbox entries" },
} as const satisfies Readonly<Record<string, FunctionDeclaration>>;
export type FunctionName = keyof typeof functions;
/** The functions that create, run and schedule tasks, which every service has. */
export const taskFunctions = ["api", "worker", "producer"] as const satisfies readonly FunctionName[];
export type TaskFunction = (typeof taskFunctions)[number];

interface QueueDeclaration {
  /** The last part of its name in AWS. */
  readonly name: string;
  /** The function that processes its messages. */
  readonly consumer: FunctionName;
}

/** The queues, each with a dead-letter queue. tfvars of `deploy/20_infra` may set `<name>_queue`. */
export const queues = {
  task: { name: "tasks", consumer: "worker" },
} as const satisfies Readonly<Record<string, QueueDeclaration>>;
export type QueueName = keyof typeof queues;
export type ConsumerName = (typeof queues)[QueueName]["consumer"];

export interface TableDeclaration {
  readonly name: string;
  /** The attribute with the partition key, a string. */
  readonly partitionKey: string;
}

/** The tables in addition to the table of tasks, whose schema is `shared/aws/dynamodb/table-schema.ts`. */
export const tables = {} as const satisfies Readonly<Record<string, TableDeclaration>>;
export type TableName = keyof typeof tables;

export interface BucketDeclaration {
  /** Followed by the account's id in the bucket's name, which is unique in AWS. */
  readonly name: string;
}

/** The buckets. */
export const buckets = {} as const satisfies Readonly<Record<string, BucketDeclaration>>;
export type BucketName = keyof typeof buckets;

// Object.keys returns string[]; these records have no other keys.
export const functionNames = Object.keys(functions) as FunctionName[];
export const queueNames = Object.keys(queues) as QueueName[];
/** The queues in addition to that of tasks. */
export const otherQueues = queueNames.filter((name: string) => name !== "task");
export const tableNames = Object.keys(tables) as TableName[];
export const bucketNames = Object.keys(buckets) as BucketName[];

/** The names of the queues that a function consumes. */
export const consumedQueues = (name: FunctionName): QueueName[] =>
  queueNames.filter((queue) => queues[queue].consumer === name);
