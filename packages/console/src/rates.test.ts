import { logLine } from "./log-reader";
import { percentile, ratesOf } from "./rates";

const names = { accepted: "A", succeeded: "S", failed: "F", wait: "W", total: "T" };
const minute = 60_000;
const since = 100 * minute;
const metric = (at: number, type: string | undefined, values: object) =>
  logLine("worker", at + 500, JSON.stringify({ _aws: { Timestamp: at }, Type: type, ...values }));
const ended = (type: string, milliseconds: number) =>
  logLine("worker", since, JSON.stringify({ message: "task succeeded", type, milliseconds }));

test("counts are added by minute and by type, with percentiles of the times", () => {
  const lines = [
    metric(since, "echo", { A: 2 }),
    metric(since + minute, "echo", { S: [1, 1], W: [10, 20, 30], T: 50 }),
    metric(since + minute, "report", { A: 1, F: 1 }),
    metric(since - minute, "echo", { A: 1 }),
    metric(since, undefined, { OutboxDepth: 4 }),
    ended("echo", 7),
    ended("echo", 9),
    logLine("worker", since, "no JSON"),
  ];
  const { series, types } = ratesOf(lines, names, since, since + 2 * minute);
  expect(series.minutes).toEqual([6_000, 6_060, 6_120]);
  expect([series.accepted, series.succeeded, series.failed]).toEqual([
    [2, 1, 0],
    [0, 2, 0],
    [0, 1, 0],
  ]);
  expect(types).toEqual([
    { type: "echo", accepted: 3, succeeded: 2, failed: 0, waitP95: 30, runP95: 9, totalP95: 50 },
    { type: "report", accepted: 1, succeeded: 0, failed: 1 },
  ]);
});

test.each([
  [[], 0.95, undefined],
  [[5], 0.95, 5],
  [[3, 1, 2, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, at) => at + 1), 0.95, 95],
])("the percentile of %j at %d is %p", (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});
