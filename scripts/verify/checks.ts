import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../build/paths";

export interface Check {
  readonly name: string;
  readonly what: string;
  readonly command: readonly [string, ...string[]];
  /** A jest run counts as its tests; anything else as one test, by its exit code. */
  readonly jest?: true;
}

export const checks: readonly Check[] = [
  { name: "format", what: "prettier", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "types", what: "tsc", command: ["tsc", "--noEmit"] },
  { name: "lint", what: "eslint", command: ["eslint", "."] },
  {
    name: "openapi",
    what: "the API's document: fresh, valid, and nothing in it breaks clients",
    command: ["tsx", "scripts/openapi.ts", "--check"],
  },
  {
    name: "cost",
    what: "docs/cost.md is what the model says",
    command: ["tsx", "scripts/cost.ts", "--check"],
  },
  {
    name: "capacity",
    what: "docs/capacity.md is what the model says",
    command: ["tsx", "scripts/capacity.ts", "--check"],
  },
  {
    name: "environments",
    what: "docs/environments.md is what tfvars say",
    command: ["tsx", "scripts/environments.ts", "--check"],
  },
  {
    name: "bench",
    what: "docs/bench.md and its pictures are what the results say",
    command: ["tsx", "scripts/bench-plot.ts", "--check"],
  },
  {
    name: "permissions",
    what: "docs/permissions.md is what the stacks grant",
    command: ["tsx", "scripts/permissions.ts", "--check"],
  },
  {
    name: "policy",
    what: "prod against the checks that were decided, by Checkov",
    command: ["tsx", "scripts/policy.ts"],
  },
  { name: "workflows", what: "zizmor and actionlint", command: ["tsx", "scripts/workflows.ts"] },
  {
    name: "scanners",
    what: "what is broken on purpose is found by them",
    command: ["jest", "--selectProjects", "scanners"],
    jest: true,
  },
  {
    name: "unit",
    what: "tests that need nothing but Node",
    command: ["jest", "--selectProjects", "unit"],
    jest: true,
  },
  {
    name: "commands",
    what: "the repository's own commands, in copies of it",
    command: ["jest", "--selectProjects", "commands"],
    jest: true,
  },
  {
    name: "runtime",
    what: "the built functions under AWS's own runtime clients, on Node.js 22 and 24",
    command: ["jest", "--selectProjects", "runtime"],
    jest: true,
  },
  {
    name: "packages",
    what: "the layer's packages and the published ones return the same",
    command: ["jest", "--selectProjects", "packages"],
    jest: true,
  },
  {
    name: "browser",
    what: "the docs page in Chromium, skipped where there is none",
    command: ["jest", "--selectProjects", "browser"],
    jest: true,
  },
  {
    name: "e2e",
    what: "the real stacks, applied by Terraform onto an emulator",
    command: ["jest", "--selectProjects", "e2e"],
    jest: true,
  },
];

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly output: string;
}

type Counts = Pick<Outcome, "passed" | "failed" | "skipped">;

/** Longer than any check takes. A check that hangs fails, and the others still run. */
const timeLimitMilliseconds = 60 * 60_000;

/** Of the cores, since two checks run at a time. */
const jestWorkers = "50%";

/** Runs a check. Its output is returned, so that it does not mix with that of another. */
export async function runCheck({ command: [program, ...parameters], jest }: Check): Promise<Outcome> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  const report = join(folder, "report.json");
  try {
    const reporting = jest ? ["--json", `--outputFile=${report}`, `--maxWorkers=${jestWorkers}`] : [];
    // Not a pipe, which processes that a check leaves behind would keep open.
    const outputFile = join(folder, "output");
    const outputTo = openSync(outputFile, "w");
    const child = spawn(join(root, "node_modules", ".bin", program), [...parameters, ...reporting], {
      cwd: root,
      // jest prints its JSON report to stdout even when it also writes it to a file.
      stdio: ["ignore", jest ? "ignore" : outputTo, outputTo],
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
      timeout: timeLimitMilliseconds,
    });
    closeSync(outputTo);
    const [exitCode] = (await once(child, "close")) as [number | null];
    const output = readFileSync(outputFile, "utf8");
    const counts = jest ? jestCounts(report, exitCode) : oneTest(exitCode);
    return { ...counts, output, seconds: (performance.now() - started) / 1000 };
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
  /** Files that failed before a test of theirs could run. */
  numRuntimeErrorTestSuites: z.number(),
});

/** A run that wrote no report, found no test, or failed without a failed test, is one failure: it must not look green. */
export function jestCounts(path: string, exitCode: number | null): Counts {
  const report = jestReport.safeParse(readReport(path));
  if (!report.success) return oneTest(1);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
    report.data;
  const skipped = numPendingTests + numTodoTests;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const unexplained = failed === 0 && (exitCode !== 0 || numPassedTests + skipped === 0) ? 1 : 0;
  return { passed: numPassedTests, failed: failed + unexplained, skipped };
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
