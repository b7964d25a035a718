import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { schedules } from "../../../deploy/20_infra/schedules";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { kilobytesOfARead, writesOf, writesOfARetry } from "../capacity/model";
import type { Priced, Prices } from "../../../packages/aws-prices/src/prices";
import { acceptedBytes, batchBytes, sweepBytes } from "./metric-bytes";
import { optionalLines } from "./optional-parts";
import { alarmMetrics, customMetrics, metricsOfReplication, otherResources } from "./resources";
import type { Scenario } from "./scenario";
import { healthRequests, secondRegionLines } from "./second-region";
import { slotsOfAMonth } from "./slots";
import { gigabyte, hoursOfAMonth, million } from "./units";

/** One line of the bill. */
export interface Line {
  readonly service: string;
  readonly price: Priced;
  /** Per month, in the price's unit. */
  readonly quantity: number;
  readonly dollars: number;
}

const secondsOfAMonth = hoursOfAMonth * 3600;

/** An event source mapping has at least five pollers, which long-poll for 20 s even when the queue is empty. */
const emptyReceivesOfAMonth = 5 * (secondsOfAMonth / 20);

/** Logs are stored compressed: https://aws.amazon.com/cloudwatch/pricing/ */
const compressedLogs = 0.15;

/** Sender and receiver each request a data key every 5 minutes: `kms_data_key_reuse_period_seconds`. */
const keyRequestsOfAMonth = 2 * (secondsOfAMonth / 300);

/** Entries of by-progress and by-type: about 120 bytes each, and 100 that DynamoDB adds to an entry. */
const entriesKilobytes = (2 * 220) / 1024;

const daysOfAMonth = 365 / 12;

/** The monthly cost of a scenario in an environment, by price. */
export function monthlyCost(
  config: EnvironmentConfig,
  scenario: Scenario,
  prices: Prices,
  others = otherResources(config),
): Line[] {
  const { core, infra, app } = config;
  const hasTable = infra.table.enabled;
  const slots = schedules(infra).filter(({ enabled }) => enabled);
  const runs = (isSweep: boolean) =>
    sum(
      slots
        .filter(({ event }) => (event.kind === "sweep") === isSweep)
        .map(({ expression }) => slotsOfAMonth(expression)),
    );
  const sweeps = runs(true);
  const tasks = scenario.tasks + runs(false);
  const attempts = tasks * (1 + scenario.failedAttempts);
  const batches = attempts / Math.min(scenario.tasksOfABatch, app.worker.batch_size);
  const requests = scenario.tasks * (1 + scenario.readsOfATask) + healthRequests(config);
  const producerRuns = sweeps + runs(false);
  const queueCount = 1 + others.consumers.length;
  const invocations = requests + queueCount * batches + producerRuns;

  const gigabyteSeconds = (count: number, milliseconds: number, megabytes: number) =>
    count *
    ((milliseconds + scenario.coldStarts * scenario.coldStartMilliseconds) / 1000) *
    (megabytes / 1024);
  const logBytes =
    requests * scenario.logBytesOfARequest +
    attempts * scenario.logBytesOfAnAttempt +
    invocations * scenario.logBytesOfAnInvocation +
    tasks * acceptedBytes +
    batches * batchBytes(attempts / (batches || 1)) +
    sweeps * sweepBytes;
  const { taskKilobytes } = scenario;
  const retention = infra.table.task_retention_days;
  const monthsKept = retention === undefined ? scenario.monthsKept : retention / daysOfAMonth;
  const storedGigabytes = (tasks * monthsKept * (taskKilobytes + entriesKilobytes) * 1024) / gigabyte;
  const storedRecords = (tasks * scenario.monthsKept * taskKilobytes * 1024) / gigabyte;
  // A sweep queries three partitions per shard; an empty result costs half a unit. It also acquires and releases its lease.
  const reads =
    scenario.tasks * scenario.readsOfATask * Math.ceil(taskKilobytes / kilobytesOfARead) +
    sweeps * tableSchema.shards * 3 * 0.5;
  const writeUnits =
    (tasks * (writesOf(taskKilobytes) + scenario.failedAttempts * writesOfARetry(taskKilobytes)) +
      2 * sweeps) /
    million;
  const recoverableGigabytes = infra.table.point_in_time_recovery ? storedGigabytes : 0;
  const hasKey = core.encryption.customer_managed_key;
  // The topic of the alarms has a key of its own.
  const keys = hasKey ? (core.alarms_enabled ? 2 : 1) : 0;
  const metrics = alarmMetrics(config, others);
  const starts = invocations * scenario.coldStarts;

  const line = (service: string, price: Priced, quantity: number): Line => ({
    service,
    price,
    quantity,
    dollars: quantity * prices[price],
  });
  return [
    line("HTTP API", "apiRequests", requests / million),
    line("Lambda", "lambdaRequests", invocations / million),
    line(
      "Lambda",
      "lambdaGigabyteSeconds",
      gigabyteSeconds(requests, scenario.apiMilliseconds, app.api.memory_mb) +
        sum(
          [app.worker, ...others.consumers].map(({ memory_mb }) =>
            gigabyteSeconds(batches, scenario.batchMilliseconds, memory_mb),
          ),
        ) +
        gigabyteSeconds(producerRuns, scenario.producerMilliseconds, app.producer.memory_mb),
    ),
    // One send per attempt; received and deleted in batches.
    line("SQS", "queueRequests", (queueCount * (attempts + 2 * batches + emptyReceivesOfAMonth)) / million),
    ...(hasTable
      ? [
          line("DynamoDB", "tableWrites", writeUnits),
          line("DynamoDB", "tableReads", reads / million),
          line("DynamoDB", "tableStorage", storedGigabytes),
          line("DynamoDB", "tableRecovery", recoverableGigabytes),
        ]
      : []),
    ...(others.tables > 0
      ? [
          line("DynamoDB", "tableWrites", (Math.ceil(taskKilobytes) * tasks * others.tables) / million),
          line("DynamoDB", "tableReads", (Math.ceil(taskKilobytes) * tasks * others.tables) / million),
          line("DynamoDB", "tableStorage", storedRecords * others.tables),
        ]
      : []),
    ...(others.buckets > 0
      ? [
          line("S3", "objectWrites", (tasks * others.buckets) / million),
          line("S3", "objectStorage", storedRecords * others.buckets),
        ]
      : []),
    line("CloudWatch Logs", "logIngestion", logBytes / gigabyte),
    line(
      "CloudWatch Logs",
      "logStorage",
      (logBytes / gigabyte) * compressedLogs * (core.log_retention_days / daysOfAMonth),
    ),
    ...(core.alarms_enabled
      ? [
          line("CloudWatch", "alarmMetrics", metrics + metricsOfReplication(config, others)),
          line("CloudWatch", "compositeAlarms", 2),
          line("CloudWatch", "dashboards", 1),
        ]
      : []),
    line("CloudWatch", "customMetrics", customMetrics(config, tasks)),
    line(
      "X-Ray",
      "traces",
      app.tracing_mode === "Active"
        ? sum([requests, queueCount * batches, producerRuns].map(tracesOf)) / million
        : 0,
    ),
    line("KMS", "keys", keys),
    // A cold start decrypts the function's environment variables.
    line("KMS", "keyRequests", hasKey ? (keyRequestsOfAMonth + starts) / million : 0),
    line("Secrets Manager", "secrets", taskSecrets.length),
    ...secondRegionLines(config, {
      ...{ writeUnits, storedGigabytes, recoverableGigabytes, keys },
      alarmMetrics: metrics,
    }).map(([service, price, quantity]) => line(service, price, quantity)),
    ...optionalLines(config, {
      requests,
      tasks,
      storedGigabytes,
      calls: requests + 2 * queueCount * batches + attempts,
    }).map(([service, price, quantity]) => line(service, price, quantity)),
    line("Secrets Manager", "secretReads", secretReads(batches, app.worker.secret_max_age_seconds) / million),
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The first request of each second and 5 % of the others: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-tracing.html */
function tracesOf(invocations: number): number {
  const first = Math.min(invocations, secondsOfAMonth);
  return first + 0.05 * (invocations - first);
}

/** A worker that is always busy reads each secret when its cached value expires. */
const secretReads = (batches: number, maxAgeSeconds: number) =>
  taskSecrets.length * Math.min(batches, secondsOfAMonth / maxAgeSeconds);

export const totalOf = (lines: readonly Line[]): number => sum(lines.map(({ dollars }) => dollars));
