import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentClient, sqsClient } from "./clients";
import { DynamoTaskRepository } from "./dynamodb/dynamo-task-repository";
import { SqsTaskQueue } from "./sqs/sqs-task-queue";
import { lazyPostgresStore } from "../postgres/lazy-store";
import type { SweepStore } from "../tasks/sweep-store";
import type { TaskQueue } from "../tasks/task-queue";
import type { TaskRepository } from "../tasks/task-repository";

/** The services of a function, behind interfaces. */
export interface Adapters {
  readonly queue: TaskQueue;
  /** Undefined when persistence is off. */
  readonly repository: TaskRepository | undefined;
}

/** Those of an environment, with the sweep's view of a store that does not need the sweep's own code. */
interface CreatedAdapters extends Adapters {
  readonly sweepStore?: SweepStore;
}

interface AdapterEnvironment {
  readonly TASK_QUEUE_URL: string;
  readonly TABLE_NAME?: string | undefined;
  readonly DATABASE_URL?: string | undefined;
  readonly TASK_RETENTION_DAYS?: number | undefined;
}

/** @param dynamo a client to share; created if it is needed and not given */
export function createAdapters(
  { TASK_QUEUE_URL, TABLE_NAME, DATABASE_URL, TASK_RETENTION_DAYS: retentionDays }: AdapterEnvironment,
  dynamo?: DynamoDBDocumentClient,
): CreatedAdapters {
  const queue = new SqsTaskQueue(sqsClient(), TASK_QUEUE_URL);
  if (DATABASE_URL !== undefined) return { queue, ...lazyPostgresStore(DATABASE_URL, retentionDays) };
  const repository =
    TABLE_NAME === undefined
      ? undefined
      : new DynamoTaskRepository(dynamo ?? documentClient(), TABLE_NAME, { retentionDays });
  return { queue, repository };
}
