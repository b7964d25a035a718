import { commonEnvironment, type EnvironmentOf } from "../shared/environment";

/** The environment of the worker function; deploy/30_app/worker-function.ts sets it. */
export const workerEnvironment = commonEnvironment;
export type WorkerEnvironment = EnvironmentOf<typeof workerEnvironment>;
