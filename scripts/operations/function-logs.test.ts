import { isShown } from "./function-logs";
import { logLevels } from "./log-levels";

const line = (values: object) => JSON.stringify({ level: "INFO", message: "m", ...values });

test.each([
  ["everything", line({}), {}, true],
  ["a task's line", line({ taskId: "T" }), { task: "T" }, true],
  ["another task's", line({ taskId: "U" }), { task: "T" }, false],
  ["one of several tasks", line({ taskIds: ["S", "T"] }), { task: "T" }, true],
  ["that of a task whose id begins like it", line({ taskId: "TT" }), { task: "T" }, false],
  ["a request's line", line({ requestId: "r" }), { request: "r" }, true],
  ["an invocation's line", line({ function_request_id: "r" }), { request: "r" }, true],
  ["another request's", line({ requestId: "s" }), { request: "r" }, false],
  [
    "another request's of the task",
    line({ taskId: "T", requestId: "s" }),
    { task: "T", request: "r" },
    false,
  ],
  ["a lower level", line({}), { level: "warn" }, false],
  ["a line without a level", JSON.stringify({ message: "m" }), { level: "error" }, true],
  ["output that is no JSON", "Error: no task T", { task: "T" }, true],
  ["a line with the words", line({ message: "sweep completed" }), { contains: "sweep completed" }, true],
  ["a line without the words", line({}), { contains: "sweep completed" }, false],
  ["other output", "Error", { task: "T" }, false],
] as const)("shows %s: %s with %j: %s", (_what, message, filter, shown) => {
  expect(isShown(message, filter)).toBe(shown);
});

test.each(logLevels)("%s shows itself and what is above", (level) => {
  const shown = logLevels.filter((each) => isShown(line({ level: each.toUpperCase() }), { level }));
  expect(shown).toEqual(logLevels.slice(logLevels.indexOf(level)));
});
