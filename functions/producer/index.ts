import type { Context } from "aws-lambda";
import { createAdapters } from "../shared/aws/adapters";
import { documentClient } from "../shared/aws/clients";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { DynamoSweepStore } from "./sweep/dynamo-sweep-store";
import { producerEnvironment } from "./env";
import { producerEvent } from "./event";
import { handleEvent } from "./handle-event";

const environment = readEnvironment(producerEnvironment, process.env);
const log = createLogger(environment);
const { TABLE_NAME, REDELIVERY_SECONDS, MESSAGE_LIFETIME_SECONDS } = environment;
const dynamo = TABLE_NAME === undefined ? undefined : documentClient();
const adapters = createAdapters(environment, dynamo);
const sweepStore =
  TABLE_NAME === undefined || dynamo === undefined ? undefined : new DynamoSweepStore(dynamo, TABLE_NAME);

/**
 * Handles the events of EventBridge rules. Lambda retries an event whose invocation failed, and then sends it to the
 * events' dead-letter queue.
 */
export const handler = async (event: unknown, context: Context): Promise<void> =>
  handleEvent(producerEvent.parse(event), context.awsRequestId, {
    ...adapters,
    sweepStore,
    log,
    redeliverySeconds: REDELIVERY_SECONDS,
    messageLifetimeSeconds: MESSAGE_LIFETIME_SECONDS,
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    now: () => new Date(),
  });
