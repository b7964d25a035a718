import type { Context } from "aws-lambda";
import { createAdapters } from "../shared/adapters";
import { readEnvironment } from "../shared/environment";
import { createLogger } from "../shared/logger";
import { producerEnvironment } from "./env";
import { producerEvent } from "./event";
import { handleEvent } from "./handle-event";

const environment = readEnvironment(producerEnvironment, process.env);
const log = createLogger(environment);
const adapters = createAdapters(environment);

/**
 * Answers the rules of EventBridge. What it throws is tried again by Lambda, and then kept in the events'
 * dead-letter queue.
 */
export const handler = async (event: unknown, { awsRequestId }: Context): Promise<void> =>
  handleEvent(producerEvent.parse(event), awsRequestId, {
    ...adapters,
    log,
    redeliverySeconds: environment.REDELIVERY_SECONDS,
    now: () => new Date(),
  });
