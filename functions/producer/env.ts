import * as z from "zod/mini";
import { commonEnvironment, positiveInteger, type EnvironmentOf } from "../shared/runtime/environment";

/** The environment of the producer function; deploy/30_app/functions/producer.ts sets it. */
export const producerEnvironment = z.extend(commonEnvironment, {
  /** The queue's visibility timeout in seconds. */
  REDELIVERY_SECONDS: positiveInteger,
  /** The queue's retention and one visibility timeout in seconds. */
  MESSAGE_LIFETIME_SECONDS: positiveInteger,
});
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
