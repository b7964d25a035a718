import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import type { Naming } from "../shared/naming";
import type { InfraConfig } from "../config/schemas/infra";
import { EncryptedQueue, longestRetentionDays } from "./encrypted-queue";

export interface TaskQueueProps {
  readonly nameOf: Naming;
  readonly awsContext: AwsContext;
  readonly config: InfraConfig["task_queue"];
  readonly keyArn: string | undefined;
}

/** The queue of tasks for the worker, and the dead-letter queue of messages that it failed to process. */
export class TaskQueue extends Construct {
  readonly queue: EncryptedQueue;
  readonly deadLetterQueue: EncryptedQueue;

  constructor(scope: Construct, id: string, { nameOf, awsContext, config, keyArn }: TaskQueueProps) {
    super(scope, id);
    this.deadLetterQueue = new EncryptedQueue(this, "dead-letter", {
      name: nameOf("tasks-dlq"),
      awsContext,
      retentionDays: longestRetentionDays,
      keyArn,
      // Not a reference: the source queue refers to this queue, so it is created later.
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [regionalArn(awsContext, "sqs", nameOf("tasks"))],
      }),
    });
    this.queue = new EncryptedQueue(this, "tasks", {
      name: nameOf("tasks"),
      awsContext,
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
 * Six times the worker's timeout, so that a batch that is throttled or retried is not delivered a second time meanwhile:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const visibilityTimeoutSeconds = (config: InfraConfig["task_queue"]) =>
  6 * config.worker_timeout_seconds + config.batching_window_seconds;

const secondsOfADay = 24 * 3600;

/**
 * After this time SQS has deleted a message, in flight or not: it counts the retention from when the message was first
 * sent. One visibility timeout is added for clock differences.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html
 */
export const messageLifetimeSeconds = (config: InfraConfig["task_queue"]) =>
  config.retention_days * secondsOfADay + visibilityTimeoutSeconds(config);
