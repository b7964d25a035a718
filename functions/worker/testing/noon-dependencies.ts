import { noon } from "../../shared/testing/builders";
import { exampleSettings } from "../../shared/testing/example-settings";
import { silentMetrics } from "../../shared/testing/recorded-metrics";
import { silentLog } from "../../shared/testing/silent-log";
import type { WorkerDependencies } from "../attempt/process-message";
import { workerResources } from "../resources";

/** The worker's dependencies at noon, without its table and queue. */
export const noonDependencies: Omit<WorkerDependencies, "repository" | "queue"> = {
  secret: (name) => Promise.resolve(`value of ${name}`),
  sendDeadLetter: () => Promise.reject(new Error("The test expects no dead letter")),
  resources: workerResources,
  settings: exampleSettings(),
  log: silentLog,
  metrics: silentMetrics,
  now: () => noon,
  random: () => 1,
};
