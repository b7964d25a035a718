import {
  createMetrics,
  serviceMetrics,
  typeMetrics,
} from "@serverless-tasks/functions/shared/runtime/metrics";
import { drawDashboard } from "./draw";
import { graphsOf, type GraphMetric } from "./definition";
import { EmbeddedMetrics } from "./embedded-metrics";
import { linesOf } from "./graph-lines";
import { simulateWork } from "./simulated-work";

const from = new Date("2026-03-01T12:00:00Z");
const accepted: GraphMetric = {
  ...{ id: "m0", namespace: "ServerlessTasks", name: "TasksAccepted", statistic: "Sum" },
  dimensions: { Service: "tasks", Environment: "dev", Type: "echo" },
};

/** Lines of a function that accepts a task in each of these minutes. */
function linesAt(minutes: readonly number[], ages: readonly number[] = []) {
  const lines = ["{ not JSON", '{"message":"request completed"}'];
  const metrics = createMetrics(
    { PROJECT: "tasks", ENVIRONMENT: "dev" },
    ["echo"],
    (line) => void lines.push(line),
  );
  for (const minute of minutes) {
    jest.useFakeTimers({ now: from.getTime() + minute * 60_000 });
    metrics.recordOf("echo", { TasksAccepted: 1, AcceptToDone: ages });
  }
  jest.useRealTimers();
  return lines;
}

test("the points of a metric are read from the log lines that functions write", () => {
  const metrics = new EmbeddedMetrics(linesAt([0, 0, 3, -1], [10, 30, 20]));
  expect(metrics.points(accepted, from)).toEqual([
    [0, 2],
    [3, 1],
  ]);
  const age = { ...accepted, name: "AcceptToDone" };
  expect(metrics.points({ ...age, statistic: "p50" }, from)[0]).toEqual([0, 20]);
  expect(metrics.points({ ...age, statistic: "p95" }, from)[0]).toEqual([0, 30]);
  expect(metrics.points({ ...age, statistic: "Maximum" }, from)[1]).toEqual([3, 30]);
});

test.each<[string, Partial<GraphMetric>]>([
  ["name", { name: "TasksFailed" }],
  ["namespace", { namespace: "AWS/Lambda" }],
  ["set of dimensions", { dimensions: { Service: "tasks", Environment: "dev" } }],
  ["type", { dimensions: { ...accepted.dimensions, Type: "report" } }],
])("a metric of another %s has no points", (_what, other) => {
  expect(new EmbeddedMetrics(linesAt([0])).points({ ...accepted, ...other }, from)).toEqual([]);
});

const typeRow = (name: string, type: string, id: string) => [
  ...["ServerlessTasks", name, "Service", "tasks", "Environment", "prod", "Type", type],
  { id, stat: "Sum" },
];
const metricWidget = (title: string, metrics: unknown[], thresholds: number[] = []) => ({
  type: "metric",
  properties: {
    ...{ title, metrics },
    annotations: { horizontal: thresholds.map((value) => ({ label: "alarm", value })) },
  },
});
const body = JSON.stringify({
  widgets: [
    { type: "alarm", properties: { title: "Alarms", alarms: [] } },
    metricWidget(
      "accepted",
      [typeRow("TasksAccepted", "echo", "m0"), typeRow("TasksAccepted", "other", "m1")],
      [3],
    ),
    metricWidget("failed", [typeRow("TasksFailed", "echo", "m0")]),
    metricWidget("sum", [
      typeRow("TasksAccepted", "echo", "m0"),
      [{ id: "value", expression: "SUM(METRICS())" }],
    ]),
  ],
});

test("a graph has the data of its metrics, whatever the environment; metric math has none", () => {
  const graphs = graphsOf(body);
  expect(graphs.map(({ title, thresholds }) => [title, thresholds])).toEqual([
    ["accepted", [3]],
    ["failed", []],
    ["sum", []],
  ]);
  const data = new EmbeddedMetrics(linesAt([0, 1]));
  expect(graphs.map((graph) => linesOf(graph, data, from))).toEqual([
    [
      {
        label: "echo",
        points: [
          [0, 1],
          [1, 1],
        ],
      },
    ],
    [],
    [],
  ]);
});

test("the picture has the title, the lines and the threshold of each graph, within its width", () => {
  const data = new EmbeddedMetrics(linesAt([0, 1]));
  const graphs = graphsOf(body).map((graph) => ({ ...graph, lines: linesOf(graph, data, from) }));
  const draw = () => drawDashboard({ title: "T & U", notes: ["Data: test"], graphs, from, minutes: 2 });
  const picture = draw();
  expect(picture).toBe(draw());
  for (const text of ["T &amp; U", "Data: test", "accepted", "failed", "12:00 UTC", "12:01 UTC"])
    expect(picture).toContain(text);
  expect(picture.match(/<polyline/g)).toHaveLength(1);
  expect(picture.match(/stroke-dasharray/g)).toHaveLength(1);
  const xs = [...picture.matchAll(/\b(?:x|x1|x2|cx)="([\d.]+)"/g)].map(([, x]) => Number(x));
  expect(Math.max(...xs)).toBeLessThanOrEqual(300);
});

test("the simulated work is the same each time, and has every metric of the service", async () => {
  const { lines, minutes } = await simulateWork();
  expect((await simulateWork()).lines).toEqual(lines);
  expect(minutes).toBeGreaterThan(30);
  for (const name of [...Object.keys(serviceMetrics), ...Object.keys(typeMetrics)])
    expect(lines.some((line) => line.includes(`"${name}":`))).toBe(true);
});
