import { checks, runCheck, type Check, type Outcome } from "./verify/checks";

/**
 * `npm test [-- <name> …]`: everything that CI checks, or only the named checks, two at a time.
 * Goes on after a failure, so that one run tells all, and ends with the sum of all suites.
 */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No such check: ${unknown.join(", ")}. Expected some of ${checks.map(({ name }) => name).join(", ")}.`,
    );
  }
  const requested = checks.filter(({ name }) => names.length === 0 || names.includes(name));
  // The longest, which waits for Terraform most of the time, runs beside all others.
  const lanes = [
    requested.filter(({ name }) => name === "e2e"),
    requested.filter(({ name }) => name !== "e2e"),
  ];
  const outcomes = (await Promise.all(lanes.map(runInTurn))).flat();
  const sum = (of: "passed" | "failed" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const skipped = sum("skipped");
  console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
}

async function runInTurn(lane: readonly Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of lane) {
    console.log(`── ${check.name}: ${check.what}`);
    const outcome = await runCheck(check);
    const result = outcome.failed === 0 ? "passed" : "FAILED";
    console.log(`${outcome.output}── ${check.name}: ${result} in ${outcome.seconds.toFixed(1)} s\n`);
    outcomes.push(outcome);
  }
  return outcomes;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
