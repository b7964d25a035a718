import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

/** A check or a suite, one of the steps of a verification. */
export interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly [string, ...string[]];
  /** The workers of a jest run, which is counted by its tests; any other step is one test, by its exit code. */
  readonly workers?: number | string;
}

/** A test with the time that it took, its hooks not included. */
export interface TimedTest {
  readonly name: string;
  readonly seconds: number;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The slowest tests of a jest run, the slowest first. */
  readonly slowest: readonly TimedTest[];
  readonly seconds: number;
  readonly output: string;
}

type Counts = Pick<Outcome, "passed" | "failed" | "skipped">;

/** Longer than any check takes. A check that hangs fails, and the others continue. */
const timeLimitMilliseconds = 60 * 60_000;

/** Where steps run. */
export interface StepContext {
  /** The folder of the repository, with its `node_modules`. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a step. Its output is returned, not printed, since steps run in parallel. */
export async function runStep(
  { command: [program, ...parameters], workers }: Step,
  { folder: cwd, env }: StepContext,
): Promise<Outcome> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  const report = join(folder, "report.json");
  try {
    const reporting =
      workers === undefined ? [] : ["--json", `--outputFile=${report}`, `--maxWorkers=${workers}`];
    // Not a pipe: processes that outlive a check would keep it open.
    const outputFile = join(folder, "output");
    const outputTo = openSync(outputFile, "w");
    const child = spawn(join(cwd, "node_modules", ".bin", program), [...parameters, ...reporting], {
      cwd,
      // jest prints its JSON report to stdout even when it also writes it to a file.
      stdio: ["ignore", workers === undefined ? outputTo : "ignore", outputTo],
      env: { ...env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
      timeout: timeLimitMilliseconds,
    });
    closeSync(outputTo);
    const [exitCode] = (await once(child, "close")) as [number | null];
    const output = readFileSync(outputFile, "utf8");
    const seconds = (performance.now() - started) / 1000;
    if (workers === undefined) return { ...oneTest(exitCode), slowest: [], output, seconds };
    const found = readReport(report);
    return { ...jestCounts(found, exitCode), slowest: slowestTests(found), output, seconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const oneTest = (exitCode: number | null): Counts =>
  exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** Test files that failed to load. */
  numRuntimeErrorTestSuites: z.number(),
});

const timedTests = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), duration: z.nullish(z.number()) })),
    }),
  ),
});

const mostSlowTests = 5;

/** The slowest tests of a report; none when there is no report. */
export function slowestTests(report: unknown): TimedTest[] {
  const { testResults = [] } = timedTests.safeParse(report).data ?? {};
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ fullName, duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1000 }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, mostSlowTests);
}

/** A run without a report, without tests, or with a failure that no test explains, counts as one failure. */
export function jestCounts(report: unknown, exitCode: number | null): Counts {
  const { data } = jestReport.safeParse(report);
  if (data === undefined) return oneTest(1);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = data;
  const skipped = numPendingTests + numTodoTests;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const unexplained = failed === 0 && (exitCode !== 0 || numPassedTests + skipped === 0) ? 1 : 0;
  return { passed: numPassedTests, failed: failed + unexplained, skipped };
}

/** @returns undefined for a report that is missing or no JSON */
export function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
