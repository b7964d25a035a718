import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { synthesizedExample } from "../../../deploy/testing/environments";
import { build } from "../../build/build";
import { CommandError } from "../../core/errors";
import { findingsOf, suppressionsOf } from "../../../packages/scanners/src/checkov";
import { verdict } from "../../../packages/scanners/src/verdict";
import { decidedChecks } from "./decisions";

/**
 * Runs Checkov on an environment with all features, synthesized for AWS, and compares its findings with the decisions.
 * @throws {CommandError} with the findings that are neither fixed nor suppressed
 */
export async function checkPolicy(): Promise<void> {
  await build();
  const environment = new ResolvedEnvironment(await synthesizedExample("prod"));
  const findings = await findingsOf(environment);
  const { passed, applicable, suppressed, problems } = verdict({
    findings,
    suppressions: suppressionsOf(environment),
    decided: decidedChecks(),
    types: environment.resources.map(({ type }) => type),
  });
  console.log(`passed  ${[...new Set(findings.flatMap((f) => (f.passed ? f.check : [])))].sort().join(" ")}`);
  for (const { check, resource, reason } of suppressed)
    console.log(`suppressed  ${check} ${resource}: ${reason}`);
  console.log(
    `${passed.length} of the ${applicable.length} decided checks that apply pass, ${suppressed.length} findings are suppressed.`,
  );
  if (problems.length > 0) throw new CommandError(problems.map((problem) => `problem ${problem}`).join("\n"));
}
