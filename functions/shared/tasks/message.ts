import * as z from "zod/mini";
import { nonEmptyString } from "../runtime/non-empty-string";
import { traceparentPattern, xrayTracePattern } from "../runtime/trace";
import { jsonObject, taskId, taskRevision } from "./task";

export const messageVersion = 1;

/** Missing or malformed: the task has no trace. */
const optionalOf = (pattern: RegExp) => z.catch(z.optional(z.string().check(z.regex(pattern))), undefined);

/** The trace of a task, in its message and in its item. */
export const traceAttributes = {
  traceparent: optionalOf(traceparentPattern),
  xrayTrace: optionalOf(xrayTracePattern),
};

/**
 * The SQS message of a task. During a deployment, messages of the next version arrive too: it may only add keys, and
 * unknown keys are ignored.
 */
export const taskMessage = z.object({
  version: z.int().check(z.minimum(1), z.maximum(messageVersion + 1)),
  taskId,
  revision: taskRevision,
  type: nonEmptyString,
  payload: jsonObject,
  /** The request or event that submitted the task, to correlate logs. */
  requestId: nonEmptyString,
  /** SQS's message group: that of the caller. */
  group: z.optional(nonEmptyString),
  // In the body, since a dead letter keeps its body only.
  ...traceAttributes,
});
export type TaskMessage = z.output<typeof taskMessage>;

/**
 * SQS takes 1 MiB since 2025 and took 256 KiB before; the lower limit holds everywhere.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const maxMessageBytes = 256 * 1024;

/**
 * Characters that SQS refuses and JSON allows as they are; the others that it refuses, JSON.stringify writes as escapes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const refusedBySqs = /[\uFFFE\uFFFF]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16)}`;

/** The message as a string that SQS accepts, whatever the payload contains. */
export const encodeMessage = (message: TaskMessage): string =>
  JSON.stringify(message).replace(refusedBySqs, escaped);

/** Size as SQS counts it: bytes of UTF-8. */
export const messageBytes = (message: TaskMessage): number =>
  Buffer.byteLength(encodeMessage(message), "utf8");
