import type { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import type { Alarms } from "../shared/alarms";
import type { Naming } from "../shared/naming";
import { longestRetentionDays } from "../config/schemas/queue";
import { EncryptedQueue } from "./encrypted-queue";

export interface EventDeadLetterQueueProps {
  readonly nameOf: Naming;
  readonly awsContext: AwsContext;
  readonly keyArn: string | undefined;
  readonly alarms: Alarms;
}

/**
 * Stores events that were not delivered to the producer, from rules and from asynchronous invocations. Separate from
 * the tasks' dead-letter queue, whose messages can be moved back to the task queue.
 */
export const eventDeadLetterQueue = (
  scope: Construct,
  { nameOf, awsContext, keyArn, alarms }: EventDeadLetterQueueProps,
) =>
  new EncryptedQueue(scope, "event-dead-letter-queue", {
    name: nameOf("events-dlq"),
    awsContext,
    retentionDays: longestRetentionDays,
    keyArn,
    alarms,
    watches: "dead letters",
    allow: (queueArn) => [
      {
        Sid: "AllowEventRules",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnLike: { "aws:SourceArn": regionalArn(awsContext, "events", `rule/${nameOf("*")}`) } },
      },
    ],
  });
