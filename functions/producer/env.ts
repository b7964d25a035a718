import * as z from "zod/mini";
import { commonEnvironment, type EnvironmentOf } from "../shared/runtime/environment";
import { integerString } from "../shared/runtime/integer-string";

/** The environment of the producer function; deploy/30_app/functions/producer.ts sets it. */
export const producerEnvironment = z.extend(commonEnvironment, {
  /** The queue's visibility timeout in seconds. */
  REDELIVERY_SECONDS: integerString(1),
  /** The queue's retention and one visibility timeout in seconds. */
  MESSAGE_LIFETIME_SECONDS: integerString(1),
});
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
