import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jestCounts, readReport, runStep, slowestTests } from "./run-step";

const context = { folder: join(__dirname, "..", "..", ".."), env: process.env };

let folder: string;
let report: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checks-"));
  report = join(folder, "report.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const none = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test.each([
  ["passed tests", { numPassedTests: 3 }, 0, { passed: 3, failed: 0, skipped: 0 }],
  ["a failed test", { numPassedTests: 2, numFailedTests: 1 }, 1, { passed: 2, failed: 1, skipped: 0 }],
  ["a file that does not load", { numRuntimeErrorTestSuites: 1 }, 1, { passed: 0, failed: 1, skipped: 0 }],
  ["skipped and todo", { numPendingTests: 1, numTodoTests: 1 }, 0, { passed: 0, failed: 0, skipped: 2 }],
  ["no tests", {}, 0, { passed: 0, failed: 1, skipped: 0 }],
  ["a failure without a failed test", { numPassedTests: 1 }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ["a run ended by a signal", { numPassedTests: 1 }, null, { passed: 1, failed: 1, skipped: 0 }],
])("a report of %s", (_what, counts, exitCode, expected) => {
  writeFileSync(report, JSON.stringify({ ...none, ...counts }));
  expect(jestCounts(readReport(report), exitCode)).toEqual(expected);
});

test("no report, or one that is not Jest's, is a failure", () => {
  expect(jestCounts(readReport(report), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  writeFileSync(report, "{");
  expect(jestCounts(readReport(report), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  writeFileSync(report, "{}");
  expect(jestCounts(readReport(report), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test.each([
  ["oxfmt", ["--version"], { passed: 1, failed: 0 }],
  ["oxfmt", ["--no-such-option", "no-such-file"], { passed: 0, failed: 1 }],
] as const)("%s %p counts as one test, with its output", async (program, parameters, expected) => {
  const outcome = await runStep({ name: "check", what: "", command: [program, ...parameters] }, context);
  expect(outcome).toMatchObject(expected);
  expect(outcome.output).not.toBe("");
});

test("a check has the given environment, and no other", async () => {
  const script = "console.log(JSON.stringify(process.env))";
  const env = { PATH: process.env.PATH, ONLY: "this" };
  const { output } = await runStep(
    { name: "check", what: "", command: ["node", "-e", script] },
    { ...context, env },
  );
  expect(Object.keys(JSON.parse(output) as object)).toEqual(expect.arrayContaining(["ONLY", "PATH"]));
  expect(JSON.parse(output)).not.toHaveProperty("JEST_WORKER_ID");
});

test("the slowest tests of a report, the slowest first", () => {
  const results = [3, 9, 1, 8].map((duration) => ({
    fullName: `of ${duration} s`,
    duration: duration * 1_000,
  }));
  const skipped = [1, 2, 3].map((number) => ({ fullName: `skipped ${number}`, duration: null }));
  writeFileSync(
    report,
    JSON.stringify({ testResults: [{ assertionResults: results }, { assertionResults: skipped }] }),
  );
  expect(slowestTests(readReport(report)).map(({ name, seconds }) => [name, seconds])).toEqual([
    ["of 9 s", 9],
    ["of 8 s", 8],
    ["of 3 s", 3],
    ["of 1 s", 1],
    ["skipped 1", 0],
  ]);
  expect(slowestTests(readReport(`${report}.missing`))).toEqual([]);
});
