import {
  metricNamespace,
  serviceDimensions,
  typeDimensions,
  type ServiceMetric,
  type TypeMetric,
} from "@serverless-tasks/functions/shared/runtime/metrics";
import { taskTypes } from "@serverless-tasks/functions/worker/handlers";
import type { EnvironmentConfig } from "../config/environment-config";
import { storesTasks } from "../config/task-store";
import type { Graph, Metric } from "../shared/alarms";

/** The values of the dimensions, in their order. */
const named = (names: readonly string[], values: readonly string[]) =>
  Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""]));

/** A metric that functions write to their log. */
export const serviceMetric = (
  { core, name: environment }: EnvironmentConfig,
  name: ServiceMetric,
  statistic: string,
): Metric => ({
  ...{ namespace: metricNamespace, name, statistic },
  dimensions: named(serviceDimensions, [core.project, environment]),
});

/** A metric of each task type. */
const ofEachType = (
  { core, name: environment }: EnvironmentConfig,
  name: TypeMetric,
  statistic = "Sum",
): Metric[] =>
  taskTypes.map((type) => ({
    ...{ namespace: metricNamespace, name, statistic },
    dimensions: named(typeDimensions, [core.project, environment, type.name]),
  }));

/** The graphs of what the service does for its clients. */
export const serviceGraphs = (config: EnvironmentConfig): Graph[] => [
  { title: "tasks accepted, by type", metrics: ofEachType(config, "TasksAccepted") },
  { title: "tasks succeeded, by type", metrics: ofEachType(config, "TasksSucceeded") },
  { title: "tasks failed, by type", metrics: ofEachType(config, "TasksFailed") },
  { title: "failed attempts, by type", metrics: ofEachType(config, "AttemptsFailed") },
  { title: "accept to start, p95, by type", metrics: ofEachType(config, "AcceptToStart", "p95") },
  { title: "accept to done, p95, by type", metrics: ofEachType(config, "AcceptToDone", "p95") },
  ...(config.infra.cache === undefined
    ? []
    : [
        {
          title: "requests above the rate, and not limited without the cache",
          metrics: [
            serviceMetric(config, "RequestsLimited", "Sum"),
            serviceMetric(config, "RateLimitUnavailable", "Sum"),
          ],
        },
      ]),
  ...(storesTasks(config.infra)
    ? [
        {
          title: "outbox: tasks found and sent by sweeps",
          metrics: [
            serviceMetric(config, "OutboxDepth", "Maximum"),
            serviceMetric(config, "SweepSent", "Sum"),
          ],
        },
        {
          title: "outbox: age of the oldest task",
          metrics: [serviceMetric(config, "OutboxOldestSeconds", "Maximum")],
        },
        { title: "idempotent replays", metrics: [serviceMetric(config, "IdempotentReplays", "Sum")] },
      ]
    : []),
];
