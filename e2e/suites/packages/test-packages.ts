import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { root } from "../../../scripts/build/paths";
import { wrongUsage } from "../../../scripts/local/errors";
import { nothingReplaced, nothingToReplace } from "../../../packages/lambda-layer/src/package-suites/errors";
import { publishedPackage } from "../../../packages/lambda-layer/src/package-suites/published-package";
import { replacementsIn } from "../../../packages/lambda-layer/src/package-suites/replacements";
import { runSuite, type SuiteRun } from "../../../packages/lambda-layer/src/package-suites/run-suite";
import { readSuite, type Suite } from "../../../packages/lambda-layer/src/package-suites/suite";
import { layerOfPackage } from "./layer-of-package";

const usage = `npm run test:packages -- [--published] <package> <folder> [<command> …]

Runs a package's own test suite with the modules of the layer in the place of the package's files, on the Node that
functions run on. The folder is the package's in a clone of its repository, at the version that is installed here, with
the suite's dependencies installed. The command is "npm test" unless another one is given; it must be the runner alone
where "npm test" does more, such as checking the sources' format:

  npm run test:packages -- express ../express
  npm run test:packages -- qs ../qs tape "test/**/*.js"

With --published the modules are those of node_modules: a test that fails there too does not fail because of the layer.`;

/**
 * `npm run test:packages`: sets the exit code to 1 when a test of the suite fails.
 * @throws {LocalCloudError} when the arguments are wrong
 * @throws {BuildError} when the suite cannot run, or loads nothing of the layer
 */
export async function testPackages(given: readonly string[]): Promise<void> {
  if (given.includes("--help")) {
    console.log(usage);
    return;
  }
  const isPublished = given[0] === "--published";
  const [packageName, folder, ...command] = isPublished ? given.slice(1) : given;
  if (packageName === undefined || folder === undefined)
    throw wrongUsage("Expected a package and the folder of its repository.", usage);
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
  const isPassed = run.exitCode === 0 && run.counts?.failed === 0 && run.counts.passed > 0;
  process.exitCode = isPassed ? 0 : 1;
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
