import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldPart } from "./cold-part";
import { deployPart } from "./deploy-part";
import { chosenParts, type BenchOptions } from "./options";
import type { Part } from "./part";
import { benchFolder } from "./paths";
import { printMeasured } from "./print";
import { profilePart } from "./profile-part";
import { progressLine } from "./progress";
import { randomFrom } from "./random";
import { resultsPath, saveResults, takenHere, type PartName } from "./results";
import { synthPart } from "./synth-part";
import { toolsPart } from "./tools-part";
import { warmPart } from "./warm-part";
import { workerPart } from "./worker-part";
import { build } from "../build/build";
import { installRuntimes } from "../lambda-runtime/install-runtimes";
import { npmCi } from "../core/npm-ci";
import { startAwsStub } from "../testing/aws-stub";

const parts: Readonly<Record<PartName, Part>> = {
  cold: coldPart,
  profile: profilePart,
  warm: warmPart,
  worker: workerPart,
  synth: synthPart,
  tools: toolsPart,
  deploy: deployPart,
};

/** Peers → build → each part measured, printed and kept. Slow is no failure. */
export async function runBench({ quick, runs, ...options }: BenchOptions): Promise<void> {
  const names = chosenParts(options);
  const progress = progressLine();
  await npmCi(benchFolder, [], progress.report);
  await installRuntimes(progress.report);
  await build();
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
      // At once, so that a run that is cut short has not measured for nothing.
      if (!quick) saveResults({ [name]: { taken: await takenHere(), ...measured } });
    }
  } finally {
    stub.stop();
    rmSync(folder, { recursive: true });
  }
  console.log(
    quick
      ? "\nA quick run: nothing was kept."
      : `\nKept in ${resultsPath}. npm run cli -- documents bench makes the page and the pictures from it.`,
  );
}
