import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  metricNamespace,
  serviceDimensions,
  serviceMetrics,
  typeDimensions,
  typeMetrics,
} from "@serverless-tasks/functions/shared/runtime/metrics";
import { taskTypeNames } from "@serverless-tasks/functions/worker/handlers";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { exampleEnvironment } from "../../../deploy/testing/environments";
import { oneSchedule } from "../../../deploy/testing/temporary-deploy";
import { synthesize } from "../../../deploy/testing/synthesize";
import {
  isDocumented,
  metricsOfAlarm,
  metricsOfDashboard,
  type UsedMetric,
} from "../../../packages/cloudwatch-alarms/src/documented-metrics";
import { root } from "../../build/paths";

/** The dimensions with which a function writes a metric. */
const dimensionsOf = (name: string): readonly string[] =>
  name in serviceMetrics ? serviceDimensions : name in typeMetrics ? typeDimensions : [];

/** Whether AWS documents the metric, or a function writes it. */
const exists = (metric: UsedMetric) =>
  isDocumented(metric) ||
  (metric.namespace === metricNamespace &&
    Object.keys(metric.dimensions).length > 0 &&
    sameNames(Object.keys(metric.dimensions), dimensionsOf(metric.name)));
const sameNames = (some: readonly string[], others: readonly string[]) =>
  [...some].sort().join() === [...others].sort().join();

let config: EnvironmentConfig;
let prod: ResolvedEnvironment;
beforeAll(async () => {
  config = await exampleEnvironment("prod", { infra: oneSchedule() });
  prod = new ResolvedEnvironment({ name: "prod", config, ...synthesize(config) });
});
const alarms = () => prod.all("aws_cloudwatch_metric_alarm");
const dashboard = () => String(prod.all("aws_cloudwatch_dashboard")[0]?.attributes.dashboard_body);

test("each metric of an alarm, with its dimensions and its statistic, exists", () => {
  const used = alarms().map(({ attributes }) => metricsOfAlarm(attributes));
  expect(used.filter((metrics) => metrics.length === 0)).toEqual([]);
  expect(used.flat().length).toBeGreaterThan(30);
  expect(used.flat().filter((metric) => !exists(metric))).toEqual([]);
});

test("each metric of the dashboard exists", () => {
  const used = metricsOfDashboard(dashboard());
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((metric) => !exists(metric))).toEqual([]);
});

test("a metric of the service that no function writes does not exist", () => {
  const metric = {
    namespace: metricNamespace,
    name: "Nothing",
    statistic: "Sum",
    dimensions: { Service: "tasks", Environment: "prod" },
  };
  expect(exists(metric)).toBe(false);
  expect(exists({ ...metric, name: "OutboxOldestSeconds" })).toBe(true);
  expect(exists({ ...metric, name: "TasksAccepted" })).toBe(false);
});

test("the dashboard has every metric of the service, and those of task types for each type", () => {
  const used = metricsOfDashboard(dashboard()).filter(({ namespace }) => namespace === metricNamespace);
  const names = new Set(used.map(({ name }) => name));
  expect([...names].sort()).toEqual([...Object.keys(serviceMetrics), ...Object.keys(typeMetrics)].sort());
  for (const name of Object.keys(typeMetrics)) {
    const types = used.filter((metric) => metric.name === name).map(({ dimensions }) => dimensions.Type);
    expect(types).toEqual(taskTypeNames);
  }
});

test("the dashboard has a graph of each alarm with its threshold, and the percentiles of the latency", () => {
  const body = dashboard();
  for (const { attributes } of alarms()) expect(body).toContain(`"title":"${String(attributes.alarm_name)}"`);
  for (const percentile of ["p50", "p95", "p99"]) expect(body).toContain(`"stat":"${percentile}"`);
  expect(body).toContain('"horizontal":[{"label":"alarm","value":300}]');
});

/** The alarms of prod; another schedule adds those of its rule. */
const expected = [
  ...["5xx", "4xx", "latency"].map((condition) => `api-${condition}`),
  ...["tasks-oldest-message", "tasks-in-flight", "tasks-dlq-not-empty", "events-dlq-not-empty"],
  ...["table-throttles", "system-errors", "transaction-conflicts"].map((condition) => `tasks-${condition}`),
  ...["outbox-sweep", "daily-report"].flatMap((rule) => [
    `${rule}-failed-invocations`,
    `${rule}-sent-to-dlq`,
  ]),
  ...["api", "worker", "producer"].flatMap((name) =>
    ["errors", "throttles", "duration", "concurrency"].map((condition) => `${name}-${condition}`),
  ),
  ...["events-dropped", "destination-failures", "heartbeat"].map((condition) => `producer-${condition}`),
  ...["outbox-oldest-task", "infra-unhealthy", "service-unhealthy"],
];

test("prod has every alarm, and each description ends with the address of a runbook that exists", () => {
  const all = [...alarms(), ...prod.all("aws_cloudwatch_composite_alarm")].map(
    ({ attributes }) => attributes,
  );
  // Functions, queues and tables that a team adds have theirs too.
  expect(all.map(({ alarm_name }) => alarm_name)).toEqual(
    expect.arrayContaining(expected.map((name) => `example-prod-${name}`)),
  );
  for (const { alarm_description } of all) {
    const [, file = "?"] =
      /\. Runbook: https:\S+\/blob\/main\/(docs\/operations\/alarms\/[\w-]+\.md)$/.exec(
        String(alarm_description),
      ) ?? [];
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  }
});

test("missing data are an alarm for the heartbeat only", () => {
  const breaching = alarms().filter(({ attributes }) => attributes.treat_missing_data !== "notBreaching");
  expect(breaching.map(({ attributes }) => attributes.alarm_name)).toEqual([
    "example-prod-producer-heartbeat",
  ]);
});

test("the composite alarms have the symptoms of their own layer", () => {
  const rules = prod
    .all("aws_cloudwatch_composite_alarm")
    .map(({ attributes }) => String(attributes.alarm_rule));
  const symptoms = rules.map((rule) => {
    const names = [
      ...rule.matchAll(
        /ALARM\("\$\{aws_cloudwatch_metric_alarm\.([\w-]+?)(?:_[0-9A-F]{8})?\.alarm_name\}"\)/g,
      ),
    ];
    expect(rule.split(" OR ")).toHaveLength(names.length);
    return names.map(([, id]) => id);
  });
  expect(symptoms).toEqual([
    expect.arrayContaining(["infra-http-api_alarm-5xx", "infra-task-queue_dead-letter_alarm-not-empty"]),
    expect.arrayContaining(["app-producer_alarm-heartbeat"]),
  ]);
});

test("an alarm is deleted after the composite alarm that names it is changed", () => {
  expect(alarms().length).toBeGreaterThan(20);
  for (const { attributes } of alarms())
    expect(attributes).toMatchObject({ lifecycle: { create_before_destroy: true } });
});

test("without alarms in tfvars no layer has an alarm, a topic, or a dashboard", () => {
  const disabled = { ...config, core: { ...config.core, alarms_enabled: false } };
  const stacks = Object.values(synthesize(disabled));
  const types = stacks.flatMap(({ json }) => Object.keys(json.resource));
  expect(types.filter((type) => /cloudwatch_(metric|composite)|dashboard|sns_/.test(type))).toEqual([]);
});
