import { checkNames, checks } from "./checks";
import { runStep, type Outcome, type Step } from "../../packages/step-runner/src/run-step";
import { root } from "../build/paths";
import { runSuite, suiteCommand, suiteNames, suites, verifyEnvironment, type SuiteName } from "./suites";

/** The steps of `npm test`: all checks, and the suites with `inNpmTest`. */
export const steps: readonly Step[] = [
  ...checkNames.map((name): Step => {
    const { what, program = ["tsx", "scripts/cli.ts", "check", name] } = checks[name];
    return { name, what, command: program };
  }),
  ...suiteNames
    .filter((name) => suites[name].inNpmTest)
    .map((name): Step => {
      const { what, workersInNpmTest: workers = "100%" } = suites[name];
      return { name, what, command: suiteCommand(name), workers };
    }),
];

/**
 * Runs suites one after the other, or everything that CI checks when none is named.
 * @param parameters for jest
 * @returns the exit code
 */
export async function runSuites(names: readonly SuiteName[], parameters: readonly string[]): Promise<number> {
  if (names.length === 0) return (await verify()) ? 0 : 1;
  const exitCodes: number[] = [];
  for (const name of names) exitCodes.push(await runSuite(name, parameters));
  return Math.max(...exitCodes);
}

/**
 * Runs everything that CI checks, two steps at a time. Continues after a failure, so that one run reports all, and
 * prints the totals at the end.
 * @returns whether nothing failed
 */
async function verify(): Promise<boolean> {
  // e2e takes longest: it runs in parallel with all others.
  const lanes = [steps.filter(({ name }) => name === "e2e"), steps.filter(({ name }) => name !== "e2e")];
  const outcomes = (await Promise.all(lanes.map(runInTurn))).flat();
  const sum = (of: "passed" | "failed" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const skipped = sum("skipped");
  console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return sum("failed") === 0;
}

/** Slower tests are printed, so that those that make the verification slow are known. */
const slowSeconds = 20;

/** Steps run in the repository, without AWS settings of the user. */
export const stepContext = () => ({ folder: root, env: verifyEnvironment(process.env) });

async function runInTurn(lane: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of lane) {
    console.log(`── ${step.name}: ${step.what}`);
    const outcome = await runStep(step, stepContext());
    const result = outcome.failed === 0 ? "passed" : "FAILED";
    const slowest = outcome.slowest
      .filter(({ seconds }) => seconds >= slowSeconds)
      .map(({ name, seconds }) => `   ${seconds.toFixed(0)} s: ${name}\n`);
    console.log(
      `${outcome.output}${slowest.join("")}── ${step.name}: ${result} in ${outcome.seconds.toFixed(1)} s\n`,
    );
    outcomes.push(outcome);
  }
  return outcomes;
}
