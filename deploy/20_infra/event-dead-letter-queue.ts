import type { Construct } from "constructs";
import { regionalArn, type Place } from "../shared/arn";
import type { Naming } from "../shared/naming";
import { EncryptedQueue, longestRetentionDays } from "./encrypted-queue";

export interface EventDeadLetterQueueProps {
  readonly nameOf: Naming;
  readonly place: Place;
  readonly keyArn: string | undefined;
}

/**
 * Keeps the events that never reached the producer, from the rules and from asynchronous invocation.
 * Apart from the tasks' dead-letter queue, whose messages may be moved back to the task queue.
 */
export const eventDeadLetterQueue = (
  scope: Construct,
  { nameOf, place, keyArn }: EventDeadLetterQueueProps,
) =>
  new EncryptedQueue(scope, "event-dead-letter-queue", {
    name: nameOf("events-dlq"),
    place,
    retentionDays: longestRetentionDays,
    keyArn,
    allow: (queueArn) => [
      {
        Sid: "RulesOfThisEnvironment",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnLike: { "aws:SourceArn": regionalArn(place, "events", `rule/${nameOf("*")}`) } },
      },
    ],
  });
