import * as z from "zod";
import { setting } from "./setting";

/** The longest retention of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const longestRetentionDays = 14;

const workerTimeout = setting(
  "The worker's timeout for a batch, from which the queue's visibility timeout is derived.",
  z.int().min(1).max(900),
);
const batchingWindow = setting(
  "How long SQS waits to fill a batch; at least 1 for batches above 10.",
  z.int().min(0).max(300),
);
const maxReceiveCount = setting(
  "Deliveries before a message goes to the dead-letter queue; below 5 a throttled worker loses valid messages.",
  z.int().min(5).max(1_000),
);
const retention = setting(
  "Days that a task may wait for the worker. At most 13, less than the dead-letter queue's 14 days.",
  z.int().min(1).max(13),
);

/** The queue of tasks: every value is an environment's own. */
export const queueConfig = z.strictObject({
  worker_timeout_seconds: workerTimeout,
  batching_window_seconds: batchingWindow,
  max_receive_count: maxReceiveCount,
  retention_days: retention,
});
export type QueueConfig = z.output<typeof queueConfig>;

/** Any other queue of functions/service.ts, whose worker is its consumer. */
export const otherQueueConfig = setting(
  "A queue; its worker is the function that consumes it.",
  z
    .strictObject({
      worker_timeout_seconds: workerTimeout.default(30),
      batching_window_seconds: batchingWindow.default(0),
      max_receive_count: maxReceiveCount.default(5),
      retention_days: retention.default(4),
    })
    .prefault({}),
);
