import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldPart } from "./cold-part";
import { deployPart } from "./deploy-part";
import { chosenParts, type BenchOptions } from "./options";
import type { Part } from "./part";
import { growthPart } from "./growth-part";
import { loadPart } from "./load-part";
import { peersFolder } from "./paths";
import { printMeasured } from "./print";
import { profilePart } from "./profile-part";
import { randomFrom } from "./random";
import { resultsPath, saveResults, takenHere, type PartName } from "./results";
import { synthPart } from "./synth-part";
import { toolsPart } from "./tools-part";
import { warmPart } from "./warm-part";
import { workerPart } from "./worker-part";
import { build } from "../../scripts/build/build";
import { installRuntimes } from "../../packages/lambda-runtime/src/install-runtimes";
import { npmCi } from "../../packages/lambda-runtime/src/npm-ci";
import { startAwsStub } from "../../packages/aws-stub/src/aws-stub";

const parts: Readonly<Record<PartName, Part>> = {
  cold: coldPart,
  profile: profilePart,
  warm: warmPart,
  worker: workerPart,
  synth: synthPart,
  tools: toolsPart,
  growth: growthPart,
  load: loadPart,
  deploy: deployPart,
};

/**
 * Installs the peers, builds the service, and measures, prints and saves each part. Slow results do not fail.
 * @throws {LocalCloudError} when packages are not installed, or a measured function fails
 */
export async function bench({ quick, runs, ...options }: BenchOptions): Promise<void> {
  const names = chosenParts(options);
  const progress = progressLine();
  if (names.some((name) => name !== "growth")) {
    await npmCi(peersFolder, [], progress.report);
    await installRuntimes(progress.report);
    await build();
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const stub = await startAwsStub();
  try {
    for (const name of names) {
      const report = (line: string) => {
        progress.report(`${name}: ${line}`);
      };
      const measured = await parts[name]({ quick, runs, folder, stub, random: randomFrom(1), report });
      progress.clear();
      console.log(`\n── ${name}`);
      printMeasured(measured.figures, measured.comparisons);
      // Saved after each part, so that an interrupted run keeps its results.
      if (!quick) saveResults({ [name]: { taken: await takenHere(), ...measured } });
    }
  } finally {
    stub.stop();
    rmSync(folder, { recursive: true });
  }
  console.log(
    quick
      ? "\nQuick run: results are not saved."
      : `\nSaved in ${resultsPath}. npm run cli -- documents bench writes docs/bench.md and its charts from it.`,
  );
}

/** Reports progress: in a line of the terminal that is overwritten, or in lines when the output is not a terminal. */
function progressLine(output: NodeJS.WriteStream = process.stderr) {
  const clear = () => {
    if (output.isTTY) output.write("\r\x1b[K");
  };
  return {
    clear,
    report: (line: string) => {
      clear();
      output.write(output.isTTY ? line : `${line}\n`);
    },
  };
}
