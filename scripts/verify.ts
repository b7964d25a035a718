import { checks, runCheck, type Outcome } from "./verify/checks";

/**
 * `npm test [-- <name> …]`: everything that CI checks, or only the named checks.
 * Goes on after a failure, so that one run tells all, and ends with the sum of all suites.
 */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No such check: ${unknown.join(", ")}. Expected some of ${checks.map(({ name }) => name).join(", ")}.`,
    );
  }
  const outcomes: Outcome[] = [];
  for (const check of checks.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`\n── ${check.name}: ${check.what}`);
    const outcome = await runCheck(check);
    console.log(
      `── ${check.name}: ${outcome.failed === 0 ? "passed" : "FAILED"} in ${outcome.seconds.toFixed(1)} s`,
    );
    outcomes.push(outcome);
  }
  const sum = (of: "passed" | "failed" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const skipped = sum("skipped");
  console.log(
    `\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  process.exitCode = sum("failed") === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
