import {
  GetMetricDataCommand,
  paginateDescribeAlarms,
  type CloudWatchClient,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { setTimeout as delay } from "node:timers/promises";
import type { AliasSet, VersionSet } from "./alias-set";
import { superseded } from "./errors";

export interface WatchedFunction {
  readonly name: string;
  readonly timeoutSeconds: number;
}

export interface WatchOptions {
  readonly cloudwatch: CloudWatchClient;
  readonly aliases: AliasSet;
  readonly functions: readonly WatchedFunction[];
  /** Alarms that start during the watch are failures. Undefined: there are no alarms. */
  readonly alarms: { readonly prefix: string; readonly conditions: readonly string[] } | undefined;
  /** Failed invocations, in percent. */
  readonly errorPercent: number;
  /** The slowest hundredth of the durations, in percent of the timeout. */
  readonly durationPercent: number;
  /** Called in each round. @throws {Error} with what fails */
  readonly probe: () => Promise<void>;
  /** Stops the watch with its reason. */
  readonly signal: AbortSignal;
  readonly pollSeconds?: number;
}

/** Metrics of Lambda have one datapoint a minute. */
const periodSeconds = 60;
/** A single failure is no sign of a bad version: its client or its dependency may have caused it. */
const fewestErrors = 3;

/**
 * Watches functions from now on, for a time.
 * @param expected the main versions of the aliases
 * @param routed other versions to which the aliases route a share of the invocations: then the metrics are those of these
 * @throws {Error} with what fails
 * @throws {ReleaseError} `superseded` when another caller has moved an alias
 */
export async function watch(
  options: WatchOptions,
  seconds: number,
  expected: VersionSet,
  routed?: VersionSet,
): Promise<void> {
  const { aliases, probe, signal, pollSeconds = 10 } = options;
  if (seconds === 0) return;
  const before = await alarmsInAlarm(options);
  const end = Date.now() + seconds * 1000;
  // Datapoints of the minute of the move contain invocations of the earlier versions.
  const start = new Date(Math.ceil(Date.now() / (periodSeconds * 1000)) * periodSeconds * 1000);
  for (;;) {
    signal.throwIfAborted();
    const names = Object.keys(expected);
    const live = await aliases.versions(names);
    if (names.some((name) => live[name] !== expected[name])) throw superseded();
    await probe();
    const started = (await alarmsInAlarm(options)).filter((name) => !before.includes(name));
    if (started.length > 0) throw new Error(`in alarm: ${started.join(", ")}`);
    await assertMetrics(options, start, routed);
    const left = end - Date.now();
    if (left <= 0) return;
    await delay(Math.min(left, pollSeconds * 1000), undefined, { signal });
  }
}

async function alarmsInAlarm({ cloudwatch, alarms }: WatchOptions): Promise<string[]> {
  if (alarms === undefined) return [];
  const found: string[] = [];
  const pages = paginateDescribeAlarms(
    { client: cloudwatch },
    { AlarmNamePrefix: alarms.prefix, StateValue: "ALARM", AlarmTypes: ["MetricAlarm"] },
  );
  for await (const { MetricAlarms = [] } of pages)
    found.push(...MetricAlarms.map(({ AlarmName = "" }) => AlarmName));
  return found.filter((name) => alarms.conditions.some((condition) => name.endsWith(`-${condition}`)));
}

/** The metrics of one function since the start of the watch, each a datapoint a minute. */
const queriesOf = (dimensions: Readonly<Record<string, string>>, at: number): MetricDataQuery[] =>
  [
    ["errors", "Errors", "Sum"],
    ["invocations", "Invocations", "Sum"],
    ["duration", "Duration", "p99"],
  ].map(([id, MetricName, Stat]) => ({
    Id: `${id ?? ""}${at}`,
    MetricStat: {
      Metric: {
        Namespace: "AWS/Lambda",
        MetricName,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat,
    },
  }));

async function assertMetrics(
  { cloudwatch, aliases: { alias }, functions, errorPercent, durationPercent }: WatchOptions,
  StartTime: Date,
  routed: VersionSet | undefined,
): Promise<void> {
  const EndTime = new Date();
  if (EndTime <= StartTime) return;
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
  const dimensionsOf = (name: string) => ({
    FunctionName: name,
    ...(routed?.[name] !== undefined && { Resource: `${name}:${alias}`, ExecutedVersion: routed[name] }),
  });
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime,
      EndTime,
      MetricDataQueries: functions.flatMap(({ name }, at) => queriesOf(dimensionsOf(name), at)),
    }),
  );
  const valuesOf = (id: string) => MetricDataResults.find(({ Id }) => Id === id)?.Values ?? [];
  const sumOf = (id: string) => valuesOf(id).reduce((sum, value) => sum + value, 0);
  for (const [at, { name, timeoutSeconds }] of functions.entries()) {
    const [errors, invocations] = [sumOf(`errors${at}`), sumOf(`invocations${at}`)];
    if (errors >= fewestErrors && errors > (invocations * errorPercent) / 100)
      throw new Error(`${errors} of ${invocations} invocations of ${name} failed`);
    const slowest = Math.max(0, ...valuesOf(`duration${at}`));
    if (slowest > timeoutSeconds * 10 * durationPercent)
      throw new Error(`p99 of the durations of ${name} is ${Math.round(slowest)} ms`);
  }
}
