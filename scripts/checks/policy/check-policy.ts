import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import {
  exampleEnvironment,
  synthesizedExample,
  synthesizedRegions,
  type Synthesized,
} from "../../../deploy/testing/environments";
import { examplePostgres, exampleRecovery } from "../../../deploy/testing/example-settings";
import { bucketNames } from "@serverless-tasks/functions/service";
import { build } from "../../build/build";
import { CommandError } from "../../core/errors";
import { findingsOfEach, suppressionsOf } from "../../../packages/scanners/src/checkov";
import { verdict } from "../../../packages/scanners/src/verdict";
import { dataChecksWithoutResult } from "./data-checks";
import { decidedChecks } from "./decisions";

/** The examples that have all resource types together: some parts exclude each other. */
export async function scannedExamples(): Promise<Map<string, ResolvedEnvironment>> {
  const examples = {
    prod: await synthesizedExample("prod"),
    "prod with PostgreSQL and a cache": await synthesizedExample("prod", examplePostgres),
    ...(await regions()),
  };
  return new Map(
    Object.entries(examples).map(([name, synthesized]) => [name, new ResolvedEnvironment(synthesized)]),
  );
}

async function regions(): Promise<Record<string, Synthesized>> {
  // A bucket, which a team may have added, has no second region.
  if (bucketNames.length > 0) return {};
  const [first, second] = synthesizedRegions(await exampleEnvironment("prod", exampleRecovery));
  return { "prod with a second region": first, "the second region of prod": second };
}

/**
 * Runs Checkov on environments with all features, synthesized for AWS, and compares its findings with the decisions.
 * @throws {CommandError} with the findings that are neither fixed nor suppressed
 */
export async function checkPolicy(): Promise<void> {
  await build();
  const examples = await scannedExamples();
  const found = await findingsOfEach([...examples.values()]);
  // Of each example, so that a suppression in one is none in another.
  const named = <T extends { readonly resource: string }>(name: string, all: readonly T[]) =>
    all.map((each) => ({ ...each, resource: `${name}: ${each.resource}` }));
  const names = [...examples.keys()];
  const findings = found.flatMap((each, index) => named(names[index] ?? "", each));
  const { passed, applicable, suppressed, problems } = verdict({
    findings,
    suppressions: [...examples].flatMap(([name, environment]) => named(name, suppressionsOf(environment))),
    decided: decidedChecks(),
    types: [...examples.values()].flatMap(({ resources }) => resources.map(({ type }) => type)),
  });
  const lines = (values: readonly string[]) => [...new Set(values)].sort();
  console.log(`passed  ${lines(findings.flatMap((f) => (f.passed ? f.check : []))).join(" ")}`);
  // Examples have most resources in common.
  const reasons = lines(
    suppressed.map(({ check, resource, reason }) => `${check} ${resource.replace(/^.*: /, "")}: ${reason}`),
  );
  for (const each of reasons) console.log(`suppressed  ${each}`);
  console.log(
    `${passed.length} of the ${applicable.length} decided checks that apply pass, ${reasons.length} findings are suppressed.`,
  );
  const withoutResult = Object.keys(dataChecksWithoutResult).length;
  console.log(
    `${withoutResult} checks of databases and caches have no resource here: scripts/checks/policy/data-checks.ts.`,
  );
  if (problems.length > 0) throw new CommandError(problems.map((problem) => `problem ${problem}`).join("\n"));
}
