import { noon } from "../../shared/testing/builders";
import { silentLog } from "../../shared/testing/silent-log";
import type { WorkerDependencies } from "../attempt/process-message";

/** The worker's dependencies at noon, without its table and queue. */
export const noonDependencies: Omit<WorkerDependencies, "repository" | "queue"> = {
  secret: (name) => Promise.resolve(`value of ${name}`),
  log: silentLog,
  now: () => noon,
  random: () => 1,
};
