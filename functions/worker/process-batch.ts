import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { taskMessage } from "../shared/message";
import { taskId, jsonObject } from "../shared/task";
import { NotYetError, processMessage, reasonOf, type WorkerDependencies } from "./process-message";
import { UnworkableTaskError } from "./task-type";

export interface BatchSettings {
  /** Deliveries after which SQS gives a message up. */
  readonly maxReceiveCount: number;
  readonly deadline: Date;
}

/**
 * Works on the messages of a batch, all at once.
 * @returns the ids of those to deliver again. An id that is empty, unknown or given twice would make Lambda deliver
 * the whole batch again: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function processBatch(
  records: readonly SQSRecord[],
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<SQSBatchResponse> {
  const failures = await Promise.all(
    records.map(async (record) => ((await isDone(record, settings, dependencies)) ? [] : [record.messageId])),
  );
  return { batchItemFailures: [...new Set(failures.flat())].map((itemIdentifier) => ({ itemIdentifier })) };
}

async function isDone(
  record: SQSRecord,
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<boolean> {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const isLast = receiveCount >= settings.maxReceiveCount;
  const { taskId, requestId } = idsOf(record.body);
  const log = dependencies.log.createChild({
    persistentKeys: { taskId, requestId, messageId: record.messageId, receiveCount },
  });
  try {
    const message = parseMessage(record.body);
    await processMessage({ message, isLast, deadline: settings.deadline }, { ...dependencies, log });
    return true;
  } catch (error) {
    if (error instanceof NotYetError) log.info("not yet", { reason: error.message });
    else
      log.warn(isLast ? "given up" : "failed", {
        error: error instanceof Error ? error : new Error(String(error)),
      });
    if (isLast && taskId !== undefined) await giveUp(taskId, error, { ...dependencies, log });
    return false;
  }
}

/** Says on the task why its message is becoming a dead letter. Failing at that must not fail the rest of the batch. */
async function giveUp(
  taskId: string,
  reason: unknown,
  { repository, log }: WorkerDependencies,
): Promise<void> {
  try {
    await repository?.giveUp(taskId, reasonOf(reason));
  } catch (error) {
    log.error("could not mark the task failed", {
      error: error instanceof Error ? error : new Error(String(error)),
    });
  }
}

function parseMessage(body: string) {
  const parsed = taskMessage.safeParse(parseJson(body));
  if (!parsed.success)
    throw new UnworkableTaskError("The message is not one of a task", { cause: parsed.error });
  return parsed.data;
}

const ids = z.object({ taskId: taskId.optional(), requestId: z.string().optional() });

/** The ids in a message, as far as it can be read, for logs and for giving up. */
const idsOf = (body: string): z.output<typeof ids> =>
  ids.catch({}).parse(jsonObject.catch({}).parse(parseJson(body)));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
