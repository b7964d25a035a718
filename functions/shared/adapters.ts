import { documentClient, sqsClient } from "./clients";
import { DynamoTaskRepository } from "./dynamo-task-repository";
import { SqsTaskQueue } from "./sqs-task-queue";
import type { TaskQueue } from "./task-queue";
import type { TaskRepository } from "./task-repository";

/** What a function reaches of the world outside. */
export interface Adapters {
  readonly queue: TaskQueue;
  /** Undefined when persistence is off. */
  readonly repository: TaskRepository | undefined;
}

interface AdapterEnvironment {
  readonly TASK_QUEUE_URL: string;
  readonly TABLE_NAME?: string | undefined;
}

export const createAdapters = ({ TASK_QUEUE_URL, TABLE_NAME }: AdapterEnvironment): Adapters => ({
  queue: new SqsTaskQueue(sqsClient(), TASK_QUEUE_URL),
  repository: TABLE_NAME === undefined ? undefined : new DynamoTaskRepository(documentClient(), TABLE_NAME),
});
