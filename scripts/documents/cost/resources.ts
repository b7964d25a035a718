import {
  bucketNames,
  functionNames,
  otherQueues,
  queues,
  tableNames,
  taskFunctions,
} from "@serverless-tasks/functions/service";
import { serviceMetrics, typeMetrics } from "@serverless-tasks/functions/shared/runtime/metrics";
import { taskTypes } from "@serverless-tasks/functions/worker/handlers";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { schedules } from "../../../deploy/20_infra/schedules";
import { except } from "../../../deploy/shared/each-of";
import { metricsOfParts } from "./optional-parts";
import { storesTasks } from "../../../deploy/config/task-store";
import { hoursOfAMonth } from "./units";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";

/**
 * What functions/service.ts has in addition to the queue and the table of tasks. Every queue is assumed to carry a message
 * for each task, every table a record, and every bucket an object.
 */
export const otherResources = ({ app }: EnvironmentConfig) => ({
  functions: except(functionNames, taskFunctions).map((name) => app[name]),
  consumers: otherQueues.map((name): { readonly memory_mb: number } => app[queues[name].consumer]),
  tables: tableNames.length,
  buckets: bucketNames.length,
});

/** The metrics that the alarms evaluate; a test counts those of the synthesized stacks. */
export function alarmMetrics(config: EnvironmentConfig, others = otherResources(config)): number {
  const { infra, app } = config;
  const functions = [app.api, app.worker, app.producer, ...others.functions];
  const reserved = functions.filter(({ reserved_concurrency }) => reserved_concurrency !== undefined);
  const [api, queues, rule, eachFunction, producer] = [5, 4, 2, 2, 3];
  const [table, sweep] = [storesTasks(infra) ? 2 * (1 + indexes) + ofTable : 0, storesTasks(infra) ? 2 : 0];
  const rules = schedules(infra).length * rule;
  // Errors of functions that are invoked synchronously are divided by their invocations. A queue has one dead-letter queue.
  const ratios = (functions.length - 1) * 2;
  const ofOthers = others.consumers.length * 3 + others.tables * (2 + ofTable);
  return (
    api +
    queues +
    table +
    sweep +
    rules +
    functions.length * eachFunction +
    ratios +
    producer +
    reserved.length +
    metricsOfParts(infra) +
    ofOthers
  );
}

/** The metrics of the alarms on replication, which the first of two regions has in addition. */
export const metricsOfReplication = ({ core }: EnvironmentConfig, { tables }: { readonly tables: number }) =>
  core.recovery === undefined ? 0 : 1 + tables;

/** Metrics that each sweep writes; those of replays and of task types have data when there are tasks. */
const ofSweeps = 3;

/**
 * The metrics that the functions write, as CloudWatch bills them: by the hours in which a metric has data. Each task is
 * assumed to be in an hour of its own, until every hour has one.
 */
export function customMetrics({ infra }: EnvironmentConfig, tasks: number): number {
  const ofTasks = Object.keys(typeMetrics).length * taskTypes.length;
  const others = storesTasks(infra) ? Object.keys(serviceMetrics).length - ofSweeps : 0;
  return (storesTasks(infra) ? ofSweeps : 0) + (others + ofTasks) * Math.min(1, tasks / hoursOfAMonth);
}

/** Metrics of a table besides the throttles, which each index has as well. */
const ofTable = 7;
const indexes = Object.keys(tableSchema.indexes).length;
