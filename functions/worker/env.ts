import * as z from "zod";
import { commonEnvironment, type EnvironmentOf } from "../shared/environment";

/** The environment of the worker function; deploy/30_app/worker-function.ts sets it. */
export const workerEnvironment = commonEnvironment.extend({
  /** The task queue's `maxReceiveCount`: a message that fails at this delivery becomes a dead letter. */
  MAX_RECEIVE_COUNT: z.coerce.number().int().min(1),
});
export type WorkerEnvironment = EnvironmentOf<typeof workerEnvironment>;
