import * as z from "zod/mini";
import { nonEmptyString } from "../shared/runtime/non-empty-string";
import { jsonObject } from "../shared/tasks/task";

/**
 * What an EventBridge rule sends to the producer: deploy/30_app writes it as the target's input
 * (with `<aws.events.event.ingestion-time>`-style placeholders filled by EventBridge), the producer parses it.
 */
export const producerEvent = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("schedule"),
    /** Name of the schedule, the key in tfvars. */
    schedule: z.string().check(z.minLength(1), z.maxLength(64)),
    /** The slot: the scheduled time of the event, ISO 8601, from `$.time`. */
    time: z.iso.datetime(),
    type: nonEmptyString,
    payload: jsonObject,
  }),
  /** Publishes the tasks in the outbox, and tasks whose messages SQS has lost. */
  z.strictObject({
    kind: z.literal("sweep"),
    time: z.iso.datetime(),
    /** Absent in events of rules. After a purge of the queue, an operator passes its time. */
    queuedBefore: z.optional(z.iso.datetime()),
    /**
     * Absent in events of rules. After a failover, the messages of running tasks are lost as well: those whose lease has ended
     * go back to the outbox, and the outbox is published whatever its age.
     */
    failover: z.optional(z.literal(true)),
  }),
]);
export type ProducerEvent = z.infer<typeof producerEvent>;
