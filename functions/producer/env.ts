import * as z from "zod/mini";
import { commonEnvironment, type EnvironmentOf } from "../shared/runtime/environment";
import { integerString } from "../shared/runtime/integer-string";

/** The environment of the producer function; deploy/30_app/producer-function.ts sets it. */
export const producerEnvironment = z.extend(commonEnvironment, {
  /** Seconds after which the queue delivers a message again that nobody has done: its visibility timeout. */
  REDELIVERY_SECONDS: integerString(1),
  /** Seconds after which a message is certainly gone from the queue: its retention and one visibility timeout. */
  MESSAGE_LIFETIME_SECONDS: integerString(1),
});
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
