import type { Context } from "aws-lambda";
import { createAdapters } from "../shared/aws/adapters";
import { documentClient } from "../shared/aws/clients";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { DynamoSweepStore } from "./sweep/dynamo-sweep-store";
import { sweep } from "./sweep/sweep";
import { producerEnvironment } from "./env";
import { producerEvent } from "./event";
import { submitScheduledTask } from "./submit-scheduled";

const environment = readEnvironment(producerEnvironment, process.env);
const log = createLogger(environment);
const { TABLE_NAME, REDELIVERY_SECONDS, MESSAGE_LIFETIME_SECONDS } = environment;
const dynamo = TABLE_NAME === undefined ? undefined : documentClient();
const { queue, repository } = createAdapters(environment, dynamo);
const sweepStore =
  TABLE_NAME === undefined || dynamo === undefined ? undefined : new DynamoSweepStore(dynamo, TABLE_NAME);
const now = () => new Date();

/**
 * Handles the events of EventBridge rules. Lambda retries an event whose invocation failed, and then sends it to the
 * events' dead-letter queue.
 */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const request = producerEvent.parse(event);
  if (request.kind === "schedule")
    return submitScheduledTask(request, context.awsRequestId, { queue, repository, log, now });
  // Without a table there is no outbox.
  if (repository === undefined || sweepStore === undefined) return;
  await sweep(
    {
      ...{ queue, repository, sweepStore, log, now },
      redeliverySeconds: REDELIVERY_SECONDS,
      messageLifetimeSeconds: MESSAGE_LIFETIME_SECONDS,
      remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    },
    request.queuedBefore === undefined ? undefined : new Date(request.queuedBefore),
  );
};
