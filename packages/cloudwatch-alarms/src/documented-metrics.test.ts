import { isDocumented, metricsOfAlarm, metricsOfDashboard, type UsedMetric } from "./documented-metrics";

const errors: UsedMetric = {
  namespace: "AWS/Lambda",
  name: "Errors",
  statistic: "Sum",
  dimensions: { FunctionName: "worker" },
};
const systemErrors: UsedMetric = {
  namespace: "AWS/DynamoDB",
  name: "SystemErrors",
  statistic: "Sum",
  dimensions: { TableName: "tasks", Operation: "PutItem" },
};

test.each<[string, UsedMetric, boolean]>([
  ["a metric of a function", errors, true],
  ["a percentile", { ...errors, name: "Duration", statistic: "p99" }, true],
  ["a metric by operation", systemErrors, true],
  ["another spelling", { ...errors, name: "ErrorCount" }, false],
  ["another namespace", { ...errors, namespace: "Lambda" }, false],
  ["a dimension that has no data", { ...errors, dimensions: { Function: "worker" } }, false],
  ["a metric by operation without it", { ...systemErrors, dimensions: { TableName: "tasks" } }, false],
  ["a percentile of a metric without them", { ...systemErrors, statistic: "p99" }, false],
])("%s", (_what, metric, expected) => {
  expect(isDocumented(metric)).toBe(expected);
});

test("metrics of an alarm: its own, or those that its expression combines", () => {
  const { namespace, name: metric_name, dimensions } = errors;
  expect(metricsOfAlarm({ namespace, metric_name, dimensions, statistic: "Sum" })).toEqual([errors]);
  const metric = { namespace, metric_name, dimensions, stat: "Sum", period: 60 };
  const metric_query = [
    { id: "m0", metric },
    { id: "value", expression: "m0 / 2" },
  ];
  expect(metricsOfAlarm({ metric_query })).toEqual([errors]);
});

test("metrics of a dashboard: those of its graphs, without expressions", () => {
  const metrics = [
    ["AWS/Lambda", "Errors", "FunctionName", "worker", { id: "m0", stat: "Sum" }],
    [{ id: "value", expression: "m0 / 2" }],
  ];
  const widgets = [
    { type: "alarm", properties: { alarms: [] } },
    { type: "metric", properties: { metrics } },
  ];
  expect(metricsOfDashboard(JSON.stringify({ widgets }))).toEqual([errors]);
});
