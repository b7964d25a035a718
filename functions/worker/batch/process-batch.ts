import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { collectMetrics } from "../../shared/runtime/collect-metrics";
import type { WorkerDependencies } from "../attempt/process-message";
import { QueueDelivery, type BatchSettings } from "./queue-delivery";
import { findInterrupted, staggerRedelivery, processOneByOne } from "./interrupted-tasks";
import { ConcurrencyLimiter } from "./concurrency-limiter";

/**
 * Processes the messages of a batch concurrently, within the limit of each task type; then interrupted tasks one at a time.
 * @returns the ids of the messages to deliver again. An empty, unknown or repeated id would make Lambda deliver
 * the whole batch again: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function processBatch(
  records: readonly SQSRecord[],
  settings: BatchSettings,
  dependencies: WorkerDependencies,
): Promise<SQSBatchResponse> {
  const limiter = new ConcurrencyLimiter();
  const metrics = collectMetrics(dependencies.metrics);
  const ofBatch = { ...dependencies, metrics };
  const deliveries = records.map((record) => new QueueDelivery(record, settings, ofBatch));
  const interrupted = await findInterrupted(deliveries);
  const others =
    interrupted.length === 0 ? deliveries : deliveries.filter((each) => !interrupted.includes(each));
  const time = { started: dependencies.now(), deadline: settings.deadline };
  // The others run concurrently, and any of them may end the worker, too.
  await staggerRedelivery(others.length > 0 ? interrupted : interrupted.slice(1), time, dependencies.random);

  const outcomes = await Promise.all(others.map((delivery) => delivery.process(limiter)));
  const done = others.filter((_delivery, at) => outcomes[at]);
  // Before interrupted tasks, of which any may end the worker.
  metrics.flush();
  if (interrupted.length > 0) {
    done.push(...(await processOneByOne(interrupted, done, limiter, time, dependencies.now)));
    metrics.flush();
  }

  if (done.length === deliveries.length) return { batchItemFailures: [] };
  const failed = new Set(deliveries.filter((each) => !done.includes(each)).map(({ messageId }) => messageId));
  return { batchItemFailures: Array.from(failed, (itemIdentifier) => ({ itemIdentifier })) };
}
