import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { asError } from "../shared/as-error";
import { giveUp, readMessage, type MessageIds } from "./read-message";
import { NotYetError, processMessage, type WorkerDependencies } from "./process-message";
import { retryDelaySeconds } from "./retry-delay";
import { taskTypeNamed } from "./run-task";
import { UnworkableTaskError } from "./task-type";
import { TypeSlots } from "./type-slots";

export interface BatchSettings {
  /** Deliveries after which SQS gives a message up. */
  readonly maxReceiveCount: number;
  readonly deadline: Date;
}

/**
 * Works on the messages of a batch, as many of each type at once as the type allows.
 * @returns the ids of those to deliver again. An id that is empty, unknown or given twice would make Lambda deliver
 * the whole batch again: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function processBatch(
  records: readonly SQSRecord[],
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<SQSBatchResponse> {
  const slots = new TypeSlots();
  const done = await Promise.all(records.map((record) => isDone(record, slots, settings, dependencies)));
  const failed = new Set(records.filter((_record, at) => !done[at]).map(({ messageId }) => messageId));
  return { batchItemFailures: Array.from(failed, (itemIdentifier) => ({ itemIdentifier })) };
}

async function isDone(
  record: SQSRecord,
  slots: TypeSlots,
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<boolean> {
  const { ids, message } = readMessage(record.body);
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const isLast = receiveCount >= settings.maxReceiveCount;
  const { taskId, requestId } = ids;
  const log = dependencies.log.with({ taskId, requestId, messageId: record.messageId, receiveCount });
  const inContext = { ...dependencies, log };
  const slot = slots.of(ids.type);
  if (slot !== undefined) await slot.enter();
  try {
    if (message instanceof UnworkableTaskError) throw message;
    await processMessage({ message, isLast, deadline: settings.deadline }, inContext);
    return true;
  } catch (error) {
    if (error instanceof NotYetError) log.info("not yet", { reason: error.message });
    else log.warn(isLast ? "given up" : "failed", { error: asError(error) });
    if (isLast) await giveUp(ids, error, inContext);
    await postpone(record, ids, error, { receiveCount, isLast }, inContext);
    return false;
  } finally {
    slot?.leave();
  }
}

/**
 * Has a failed message delivered again when its type wants it, or made a dead letter at once. What no attempt can help
 * keeps the queue's long visibility timeout: a deployment that knows it may be under way.
 */
async function postpone(
  { receiptHandle }: SQSRecord,
  { type }: MessageIds,
  error: unknown,
  { receiveCount, isLast }: { readonly receiveCount: number; readonly isLast: boolean },
  { queue, log, random }: WorkerDependencies,
): Promise<void> {
  const isHopeless = error instanceof UnworkableTaskError || error instanceof NotYetError;
  const retry = isHopeless ? undefined : taskTypeNamed(type)?.retry;
  const seconds = isLast ? 0 : retry && retryDelaySeconds(retry, receiveCount, random());
  if (seconds === undefined) return;
  await queue.postpone(receiptHandle, seconds).catch((cause: unknown) => {
    // It comes again after the queue's visibility timeout then.
    log.warn("could not choose when the message comes again", { error: asError(cause) });
  });
}
