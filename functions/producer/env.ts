import * as z from "zod";
import { commonEnvironment, type EnvironmentOf } from "../shared/environment";

/** The environment of the producer function; deploy/30_app/producer-function.ts sets it. */
export const producerEnvironment = commonEnvironment.extend({
  /** Seconds after which the queue delivers a message again that nobody has done: its visibility timeout. */
  REDELIVERY_SECONDS: z.coerce.number().int().min(1),
});
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
