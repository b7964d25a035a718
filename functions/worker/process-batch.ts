import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { asError } from "../shared/as-error";
import { concurrently } from "../shared/concurrently";
import { giveUp, readMessage, type MessageIds, type ReadMessage } from "./read-message";
import { NotYetError, processMessage, type WorkerDependencies } from "./process-message";
import { retryDelaySeconds } from "./retry-delay";
import { taskTypeNamed } from "./run-task";
import { UnworkableTaskError } from "./task-type";

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
  const failed = new Set<string>();
  const deliveries = records.map((record) => ({ record, ...readMessage(record.body) }));
  const types = new Set(deliveries.map(({ ids }) => ids.type));
  await Promise.all(
    [...types].map((type) => {
      const ofType = deliveries.filter(({ ids }) => ids.type === type);
      const atOnce = Math.min(taskTypeNamed(type)?.concurrency ?? ofType.length, ofType.length);
      return concurrently(ofType, atOnce, async (delivery) => {
        if (!(await isDone(delivery, settings, dependencies))) failed.add(delivery.record.messageId);
      });
    }),
  );
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

async function isDone(
  { record, ids, message }: { readonly record: SQSRecord } & ReadMessage,
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<boolean> {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const isLast = receiveCount >= settings.maxReceiveCount;
  const { taskId, requestId } = ids;
  const log = dependencies.log.with({ taskId, requestId, messageId: record.messageId, receiveCount });
  const inContext = { ...dependencies, log };
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
