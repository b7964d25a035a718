import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { root } from "../../../scripts/build/paths";
import { nothingReplaced, nothingToReplace } from "../../../packages/lambda-layer/src/package-suites/errors";
import { publishedPackage } from "../../../packages/lambda-layer/src/package-suites/published-package";
import { replacementsIn } from "../../../packages/lambda-layer/src/package-suites/replacements";
import { runSuite, type SuiteRun } from "../../../packages/lambda-layer/src/package-suites/run-suite";
import { readSuite, type Suite } from "../../../packages/lambda-layer/src/package-suites/suite";
import { layerOfPackage } from "./layer-of-package";

/**
 * Runs the test suite of a package with the modules of the layer, and prints the result.
 * @param isPublished runs it with the modules of node_modules instead
 * @returns whether all tests passed
 * @throws {BuildError} when the suite cannot run, or loads no module of the layer
 */
export async function testPackage(
  packageName: string,
  folder: string,
  command: readonly string[],
  isPublished: boolean,
): Promise<boolean> {
  const suite = readSuite(packageName, resolve(folder), command, root);
  const { installed, manifest } = suite;
  if (installed.version !== manifest.version)
    console.log(
      `Warning: the suite is of ${packageName} ${manifest.version}, installed is ${installed.version}. ` +
        `Tests of what has changed between them may fail; check out ${installed.version}.`,
    );
  const run = await runWithLayer(suite, isPublished);
  console.log(summary(suite, run, isPublished));
  if (run.loaded.length === 0) throw nothingReplaced(packageName);
  return run.exitCode === 0 && run.counts?.failed === 0 && run.counts.passed > 0;
}

async function runWithLayer(suite: Suite, isPublished: boolean): Promise<SuiteRun> {
  const { packageName, folder } = suite;
  const temporary = mkdtempSync(join(tmpdir(), "test-packages-"));
  try {
    const layer = await layerOfPackage(suite, join(temporary, "opt"));
    const modules = isPublished ? publishedPackage(suite, layer.ids, temporary) : layer;
    const replacements = replacementsIn(suite, modules.ids);
    if (Object.keys(replacements).length === 0) throw nothingToReplace(packageName, folder);
    return await runSuite(suite, lambdaNode, modules.vendor, replacements, temporary);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function summary(
  { packageName, command }: Suite,
  { exitCode, counts, loaded }: SuiteRun,
  isPublished: boolean,
): string {
  const result =
    counts === undefined
      ? "the runner's report was not understood"
      : `${counts.passed} passed, ${counts.failed} failed`;
  return `
${packageName} ${isPublished ? "as published" : "on the layer"}: ${result}
  command   ${command.join(" ")}, which ended with ${exitCode ?? "a signal"}
  replaced  ${loaded.length}${loaded.length === 0 ? "" : `: ${loaded.join(", ")}`}`;
}
