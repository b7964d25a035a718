import { Construct } from "constructs";
import { regionalArn, type Place } from "../shared/arn";
import type { Naming } from "../shared/naming";
import type { InfraConfig } from "../config/schemas/infra";
import { EncryptedQueue, longestRetentionDays } from "./encrypted-queue";

export interface TaskQueueProps {
  readonly nameOf: Naming;
  readonly place: Place;
  readonly config: InfraConfig["task_queue"];
  readonly keyArn: string | undefined;
}

/**
 * The queue that carries tasks to the worker, and the dead-letter queue that keeps the messages it failed on.
 */
export class TaskQueue extends Construct {
  readonly queue: EncryptedQueue;
  readonly deadLetterQueue: EncryptedQueue;

  constructor(scope: Construct, id: string, { nameOf, place, config, keyArn }: TaskQueueProps) {
    super(scope, id);
    this.deadLetterQueue = new EncryptedQueue(this, "dead-letter", {
      name: nameOf("tasks-dlq"),
      place,
      retentionDays: longestRetentionDays,
      keyArn,
      // Written out, since the queue that will name this one as its dead-letter queue is made after it.
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [regionalArn(place, "sqs", nameOf("tasks"))],
      }),
    });
    this.queue = new EncryptedQueue(this, "tasks", {
      name: nameOf("tasks"),
      place,
      retentionDays: config.retention_days,
      keyArn,
      visibilityTimeoutSeconds: visibilityTimeoutSeconds(config),
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetterQueue.arn,
        maxReceiveCount: config.max_receive_count,
      }),
    });
  }
}

/**
 * Six times what the worker may take, so that a throttled or retried batch is not delivered a second time meanwhile:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const visibilityTimeoutSeconds = (config: InfraConfig["task_queue"]) =>
  6 * config.worker_timeout_seconds + config.batching_window_seconds;

const secondsOfADay = 24 * 3600;

/**
 * A message is certainly gone after that: SQS deletes it when its retention is over, in flight or not, and counts from
 * when it was first sent; one visibility timeout more is for clocks that differ.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html
 */
export const messageLifetimeSeconds = (config: InfraConfig["task_queue"]) =>
  config.retention_days * secondsOfADay + visibilityTimeoutSeconds(config);
