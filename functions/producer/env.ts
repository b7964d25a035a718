import { commonEnvironment, type EnvironmentOf } from "../shared/environment";

/** The environment of the producer function; deploy/30_app/producer-function.ts sets it. */
export const producerEnvironment = commonEnvironment;
export type ProducerEnvironment = EnvironmentOf<typeof producerEnvironment>;
