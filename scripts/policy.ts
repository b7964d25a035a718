import { ResolvedEnvironment } from "../deploy/policies/resolved-environment";
import { synthesizedForAws } from "../deploy/testing/environments";
import { build } from "./build/build";
import { runMain } from "./local/run-main";
import { findingsOf, waiversOf } from "./policy/checkov";
import { decidedChecks } from "./policy/decisions";
import { verdict } from "./policy/verdict";

/** `npm run check:policy`: has Checkov read prod, as AWS itself would get it, and compares that with what was decided. */
async function main(): Promise<void> {
  await build();
  const environment = new ResolvedEnvironment(await synthesizedForAws("prod"));
  const findings = await findingsOf(environment);
  const { passed, applicable, waived, problems } = verdict({
    findings,
    waivers: waiversOf(environment),
    decided: decidedChecks(),
    types: environment.resources.map(({ type }) => type),
  });
  console.log(`passed  ${[...new Set(findings.flatMap((f) => (f.passed ? f.check : [])))].sort().join(" ")}`);
  for (const { check, resource, reason } of waived) console.log(`waived  ${check} ${resource}: ${reason}`);
  console.log(
    `${passed.length} of the ${applicable.length} decided checks that apply pass, ${waived.length} findings are waived.`,
  );
  for (const problem of problems) console.error(`problem ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

runMain(main);
