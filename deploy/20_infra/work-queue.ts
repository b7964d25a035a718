import { queues, type QueueName } from "@serverless-tasks/functions/service";
import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import type { Alarms } from "../shared/alarms";
import type { Naming } from "../shared/naming";
import type { InfraConfig } from "../config/schemas/infra";
import { longestRetentionDays, type QueueConfig } from "../config/schemas/queue";
import { EncryptedQueue } from "./encrypted-queue";

export interface WorkQueueProps {
  readonly nameOf: Naming;
  readonly awsContext: AwsContext;
  readonly config: QueueConfig;
  readonly keyArn: string | undefined;
  readonly alarms: Alarms;
  readonly thresholds: InfraConfig["alarms"];
}

/** A queue of functions/service.ts, and the dead-letter queue of messages that its consumer failed to process. */
export class WorkQueue extends Construct {
  readonly queue: EncryptedQueue;
  readonly deadLetterQueue: EncryptedQueue;

  constructor(scope: Construct, key: QueueName, props: WorkQueueProps) {
    super(scope, `${key}-queue`);
    const { nameOf, awsContext, config, keyArn, alarms, thresholds } = props;
    const { name } = queues[key];
    this.deadLetterQueue = new EncryptedQueue(this, "dead-letter", {
      name: nameOf(`${name}-dlq`),
      awsContext,
      retentionDays: longestRetentionDays,
      keyArn,
      alarms,
      watches: "dead letters",
      // Not a reference: the source queue refers to this queue, so it is created later.
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [regionalArn(awsContext, "sqs", nameOf(name))],
      }),
    });
    this.queue = new EncryptedQueue(this, name, {
      name: nameOf(name),
      awsContext,
      retentionDays: config.retention_days,
      keyArn,
      alarms,
      watches: { oldestMessageSeconds: thresholds.oldest_message_seconds },
      visibilityTimeoutSeconds: visibilityTimeoutSeconds(config),
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetterQueue.arn,
        maxReceiveCount: config.max_receive_count,
      }),
    });
  }
}

/**
 * Six times the consumer's timeout, so that a batch that is throttled or retried is not delivered a second time meanwhile:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const visibilityTimeoutSeconds = (config: QueueConfig) =>
  6 * config.worker_timeout_seconds + config.batching_window_seconds;

const secondsOfADay = 24 * 3600;

/**
 * After this time SQS has deleted a message, in flight or not: it counts the retention from when the message was first
 * sent. One visibility timeout is added for clock differences.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html
 */
export const messageLifetimeSeconds = (config: QueueConfig) =>
  config.retention_days * secondsOfADay + visibilityTimeoutSeconds(config);
