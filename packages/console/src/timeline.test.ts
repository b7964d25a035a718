import type { ConsoleTask, LogLine } from "./model";
import { logLine } from "./log-reader";
import { errorsOf, requestIdOf, timelineOf } from "./timeline";

const start = Date.parse("2026-01-01T00:00:00.000Z");
const iso = (milliseconds: number) => new Date(start + milliseconds).toISOString();
const task: ConsoleTask = {
  ...{ id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", type: "echo", state: "failed", payload: {}, attempts: 2 },
  ...{ revision: 1, createdAt: iso(10), updatedAt: iso(900) },
};
/** A line that was logged then; CloudWatch has it later. */
const line = (name: string, at: number, values: object): LogLine =>
  logLine(name, start + at + 80, JSON.stringify({ ...values, timestamp: iso(at) }));
const attempt = (at: number, receiveCount: number, values: object) =>
  line("worker", at, { ...{ taskId: task.id, requestId: "r", receiveCount, sentAt: iso(20) }, ...values });

const lines = [
  line("api", 60, { message: "request completed", route: "POST /tasks", status: 202, milliseconds: 50 }),
  line("api", 70, { message: "request completed", route: "GET /tasks/{id}", status: 200, milliseconds: 5 }),
  attempt(300, 1, { message: "attempt failed", milliseconds: 100, error: { name: "E1", message: "first" } }),
  attempt(800, 2, {
    ...{ message: "last attempt failed", milliseconds: 100 },
    error: { name: "E2", message: "second" },
  }),
];

test("a task's life is in order, once for each message, with the time of each attempt", () => {
  const changes = [{ at: iso(2_000), kind: "redriven" as const }];
  const events = timelineOf({ task, lines, deadLetterAt: iso(810), changes });
  expect(events.map(({ kind, at }) => [kind, new Date(at).getTime() - start])).toEqual([
    ["request", 10],
    ["stored", 10],
    ["sent", 20],
    ["received", 200],
    ["attempt", 200],
    ["failed", 300],
    ["received", 700],
    ["attempt", 700],
    ["failed", 800],
    ["dead letter", 810],
    ["redriven", 2_000],
  ]);
  expect(events.filter(({ kind }) => kind === "attempt").map(({ milliseconds }) => milliseconds)).toEqual([
    100, 100,
  ]);
});

test("errors are listed, the newest first, and the request is that of the worker's lines", () => {
  expect(errorsOf(lines).map(({ attempt: number, error }) => [number, error])).toEqual([
    [2, "E2: second"],
    [1, "E1: first"],
  ]);
  expect(requestIdOf(lines)).toBe("r");
  expect(requestIdOf([])).toBeUndefined();
});

test("without log lines a succeeded task was stored and has succeeded, and other output is ignored", () => {
  const succeeded = { ...task, state: "succeeded" as const };
  const input = { lines: [logLine("worker", start, "no JSON")], deadLetterAt: undefined, changes: [] };
  expect(timelineOf({ task: succeeded, ...input }).map(({ kind }) => kind)).toEqual(["stored", "succeeded"]);
});
