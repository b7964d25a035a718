import * as z from "zod";
import { jsonObject, taskId } from "./task";

/**
 * What the queue carries for a task. Keys that this version does not know are ignored, so that messages of the next
 * version, and of the one before, can be read while a deployment is under way.
 */
export const taskMessage = z.object({
  version: z.literal(1),
  taskId,
  type: z.string().min(1),
  payload: jsonObject,
  /** The request or event that handed the task in, to follow it through the logs. */
  requestId: z.string().min(1),
});
export type TaskMessage = z.output<typeof taskMessage>;

/**
 * SQS takes 1 MiB since 2025 and took 256 KiB before; the lower limit holds everywhere.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const largestMessageBytes = 256 * 1024;

/** The message as the queue's text. */
export const encodeMessage = (message: TaskMessage): string => JSON.stringify(message);

/** Size as SQS counts it: bytes of UTF-8. */
export const messageBytes = (message: TaskMessage): number =>
  Buffer.byteLength(encodeMessage(message), "utf8");
