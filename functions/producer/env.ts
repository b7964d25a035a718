import * as z from "zod/mini";
import { commonEnvironment, type EnvironmentOf } from "../shared/environment";
import { wholeNumber } from "../shared/whole-number";

/** The environment of the producer function; deploy/30_app/functions/producer.ts sets it. */
export const producerEnvironment = z.extend(commonEnvironment, {
  /** Seconds after which the queue delivers a message again that nobody has done: its visibility timeout. */
  REDELIVERY_SECONDS: wholeNumber(1),
  /** Seconds after which a message is certainly gone from the queue: its retention and one visibility timeout. */
  MESSAGE_LIFETIME_SECONDS: wholeNumber(1),
});
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
