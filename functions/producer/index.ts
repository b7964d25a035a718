import type { Context } from "aws-lambda";
import { createAdapters } from "../shared/aws/adapters";
import { documentClient } from "../shared/aws/clients";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { createMetrics } from "../shared/runtime/metrics";
import { traceOf } from "../shared/runtime/trace";
import { taskTypeNames } from "../worker/handlers";
import { DynamoSweepStore } from "./sweep/dynamo-sweep-store";
import { sweep } from "./sweep/sweep";
import type { SweepCounts } from "./sweep/sweep-types";
import { producerEnvironment } from "./env";
import { producerEvent } from "./event";
import { submitScheduledTask } from "./submit-scheduled";

const environment = readEnvironment(producerEnvironment, process.env);
const log = createLogger(environment);
const metrics = createMetrics(environment, taskTypeNames);
const { TABLE_NAME, REDELIVERY_SECONDS, MESSAGE_LIFETIME_SECONDS } = environment;
const dynamo = TABLE_NAME === undefined ? undefined : documentClient();
const { queue, repository, ...created } = createAdapters(environment, dynamo);
const sweepStore =
  TABLE_NAME === undefined || dynamo === undefined
    ? created.sweepStore
    : new DynamoSweepStore(dynamo, TABLE_NAME);
const now = () => new Date();

/**
 * Handles the events of EventBridge rules, which ignore what a sweep has done. Lambda retries an event whose invocation
 * failed, and then sends it to the events' dead-letter queue.
 */
export const handler = async (event: unknown, context: Context): Promise<SweepCounts | undefined> => {
  const request = producerEvent.parse(event);
  if (request.kind === "schedule") {
    const trace = traceOf({ invocation: process.env._X_AMZN_TRACE_ID });
    const origin = { requestId: context.awsRequestId, ...trace };
    await submitScheduledTask(request, origin, { queue, repository, log, metrics, now });
    return undefined;
  }
  // Without a store there is no outbox.
  if (repository === undefined || sweepStore === undefined) return undefined;
  return sweep(
    {
      ...{ queue, repository, sweepStore, log, metrics, now },
      redeliverySeconds: REDELIVERY_SECONDS,
      messageLifetimeSeconds: MESSAGE_LIFETIME_SECONDS,
      remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    },
    {
      queuedBefore: request.queuedBefore === undefined ? undefined : new Date(request.queuedBefore),
      failover: request.failover,
    },
  );
};
