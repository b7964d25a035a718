import type { LambdaClient } from "@aws-sdk/client-lambda";
import { producerEvent, type ProducerEvent } from "@serverless-tasks/functions/producer/event";
import * as z from "zod";
import { schedules } from "../../deploy/20_infra/schedules";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { liveAlias, naming } from "../../deploy/shared/naming";
import type { MessageDescription } from "../../packages/dead-letters/src/dead-letter";
import type { MessageAttributes } from "../../packages/dead-letters/src/dead-letter-queue";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import { userError, wrongUsage } from "../core/errors";
import { invoke } from "../release/invoke-function";

/** What Lambda sends to the destination of failed events. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const invocationRecord = z.looseObject({
  requestContext: z.looseObject({ condition: z.string().optional() }),
  requestPayload: z.unknown(),
  responsePayload: z.looseObject({ errorMessage: z.string().optional() }).nullish(),
});
/** An event of EventBridge, before the rule's target has transformed it. */
const scheduledEvent = z.looseObject({
  "detail-type": z.string(),
  time: z.iso.datetime(),
  resources: z.array(z.string()),
});

/**
 * The events' dead letters: events that EventBridge did not deliver to the producer, and those that the producer failed
 * to process. A message is the event as the producer gets it, EventBridge's own event, or Lambda's record of it.
 */
export class EventDeadLetters {
  constructor(private readonly config: EnvironmentConfig) {}

  /** The event for the producer; undefined if the message has none. */
  eventOf(body: string): ProducerEvent | undefined {
    const parsed = parseJson(body);
    const record = invocationRecord.safeParse(parsed).data;
    const payload = record === undefined ? parsed : record.requestPayload;
    return producerEvent.safeParse(payload).data ?? this.transformed(payload);
  }

  /** The event as the target of its rule would send it. */
  private transformed(payload: unknown): ProducerEvent | undefined {
    const event = scheduledEvent.safeParse(payload).data;
    if (event === undefined) return undefined;
    const nameOf = naming(this.config);
    const schedule = schedules(this.config.infra).find(({ name }) =>
      event.resources.some((arn) => arn.endsWith(`:rule/${nameOf(name)}`)),
    );
    return schedule && { ...schedule.event, time: event.time };
  }

  /** The type is that of the task, or `sweep`. */
  describe(body: string, attributes: MessageAttributes): MessageDescription {
    const event = this.eventOf(body);
    const record = invocationRecord.safeParse(parseJson(body)).data;
    const reason =
      record?.responsePayload?.errorMessage ??
      attributes.ERROR_MESSAGE ??
      attributes.ERROR_CODE ??
      record?.requestContext.condition ??
      "No reason is stored";
    if (event === undefined) return { type: "unknown", reason };
    return event.kind === "sweep"
      ? { id: "sweep", type: "sweep", reason }
      : { id: event.schedule, type: event.type, reason };
  }
}

/**
 * Hands the event of a dead letter to the producer, and waits for it. The task of a schedule's slot has one id: it is
 * created once, however often the event is processed.
 * @throws {CommandError} when the producer fails again
 */
export const invokeProducer =
  (lambda: LambdaClient, functionName: string, letters: EventDeadLetters) =>
  async (body: string): Promise<void> => {
    const event = letters.eventOf(body);
    if (event === undefined)
      throw wrongUsage(
        "Expected an event of a schedule or of the sweep, found another message: purge it by its --id.",
      );
    const { hasFailed, payload } = await invoke(lambda, functionName, liveAlias, event);
    if (!hasFailed) return;
    throw userError(
      `${functionName} failed to process the event: ${payload}`,
      "a producer that processes it",
      "see its log: npm run cli -- logs <environment> --level error; fix the cause, then repeat the command",
    );
  };
