import type { LoggedLine } from "./function-logs";
import { jsonLine, readableLine } from "./log-line";

const logged = (message: string | object): LoggedLine => ({
  from: { name: "worker", deployedAs: "tasks-dev-worker" },
  timestamp: Date.parse("2026-03-01T12:00:00.250Z"),
  message: typeof message === "string" ? message : JSON.stringify(message),
});
const readable = (message: string | object, colour = false) =>
  readableLine(logged(message), { colour, originalStack: (stack) => stack });
const common = { timestamp: "2026-03-01T12:00:01.007Z", service: "worker", xray_trace_id: "1-2-3" };
const succeeded = { level: "INFO", message: "task succeeded", ...common, taskId: "01ARZ3", attempt: 1 };

/** In local time. */
const hours = String(new Date("2026-03-01T12:00:00Z").getHours()).padStart(2, "0");

test("a log line has local time, function, level, message, task id and other values", () => {
  expect(readable(succeeded)).toMatch(
    new RegExp(`^${hours}:\\d\\d:01\\.007  worker    INFO   task succeeded  task 01ARZ3  attempt=1$`),
  );
  expect(readable({ level: "WARN", message: "no", ...common, reason: "a b", pages: [1] })).toMatch(
    /  WARN {3}no {2}reason="a b" pages=\[1\]$/,
  );
});

test("colours do not change the text", () => {
  const painted = readable(succeeded, true);
  expect(painted).toContain("\u001b[32mINFO \u001b[0m");
  expect(painted).toContain("\u001b[35mtask 01ARZ3\u001b[0m");
  expect(painted.replaceAll(/\u001b\[\d+m/g, "")).toBe(readable(succeeded));
});

test("control characters in log lines are replaced", () => {
  const evil = "\u001b[2J";
  const line = readable({ level: "INFO", message: evil, taskId: evil, path: evil, error: { stack: evil } });
  expect([line, readable(evil)].join("")).not.toContain("\u001b");
  expect(line).toContain("path=\ufffd[2J");
});

test("a line of metrics has their values and dimensions, without their declaration", () => {
  const _aws = { Timestamp: 1, CloudWatchMetrics: [{ Namespace: "Example", Metrics: [{ Name: "Sent" }] }] };
  const line = { _aws, Service: "example", Environment: "dev", Type: "echo", Sent: 2, Seconds: [1, 2] };
  expect(readable(line)).toMatch(
    /^\d\d:\d\d:00\.250 {2}worker {11}metrics {2}Type=echo Sent=2 Seconds=\[1,2\]$/,
  );
  expect(readable({ ...line, _aws: 1 })).toContain('"_aws":1');
});

test("an error is printed below its line, with its causes and source positions", () => {
  const at = "    at run (/tmp/emulator-1/worker-2/code/index.js:1:1)";
  const cause = { name: "Error", message: "why", stack: `Error: why\n${at}` };
  const error = { name: "Error", message: "what", stack: `Error: what\n${at}`, cause };
  const line = readableLine(logged({ level: "ERROR", message: "attempt failed", ...common, error }), {
    colour: false,
    originalStack: (stack, name) => stack.replaceAll(/\(\S+\)/g, `(functions/${name}/run.ts:1:1)`),
  });
  expect(line.split("\n").slice(1)).toEqual([
    "    Error: what",
    "        at run (functions/worker/run.ts:1:1)",
    "    Cause: Error: why",
    "        at run (functions/worker/run.ts:1:1)",
  ]);
});

test("other output is printed unchanged, and lines of a stack are indented", () => {
  expect(readable("hello {world")).toMatch(/^\d\d:\d\d:00\.250 {2}worker {11}hello \{world$/);
  expect(readable('{"level":7}')).toMatch(/ {2}\{"level":7\}$/);
  expect(readable("    at node:internal/timers:5:1")).toBe("        at node:internal/timers:5:1");
});

test("as JSON, a JSON line is unchanged, and other output is wrapped in an object", () => {
  expect(jsonLine(logged(succeeded))).toBe(JSON.stringify(succeeded));
  expect(JSON.parse(jsonLine(logged("Error: no")))).toEqual({
    timestamp: "2026-03-01T12:00:00.250Z",
    function: "tasks-dev-worker",
    message: "Error: no",
  });
});
