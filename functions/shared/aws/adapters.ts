import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentClient, sqsClient } from "./clients";
import { DynamoTaskRepository } from "./dynamodb/dynamo-task-repository";
import { SqsTaskQueue } from "./sqs/sqs-task-queue";
import type { TaskQueue } from "../tasks/task-queue";
import type { TaskRepository } from "../tasks/task-repository";

/** The AWS services of a function, behind interfaces. */
export interface Adapters {
  readonly queue: TaskQueue;
  /** Undefined when persistence is off. */
  readonly repository: TaskRepository | undefined;
}

interface AdapterEnvironment {
  readonly TASK_QUEUE_URL: string;
  readonly TABLE_NAME?: string | undefined;
}

/** @param dynamo a client to share; created if it is needed and not given */
export const createAdapters = (
  { TASK_QUEUE_URL, TABLE_NAME }: AdapterEnvironment,
  dynamo?: DynamoDBDocumentClient,
): Adapters => ({
  queue: new SqsTaskQueue(sqsClient(), TASK_QUEUE_URL),
  repository:
    TABLE_NAME === undefined ? undefined : new DynamoTaskRepository(dynamo ?? documentClient(), TABLE_NAME),
});
