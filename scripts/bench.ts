import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldPart } from "./bench/cold-part";
import { deployPart } from "./bench/deploy-part";
import { parseBenchOptions, type BenchOptions } from "./bench/options";
import type { Part } from "./bench/part";
import { benchFolder } from "./bench/paths";
import { printMeasured } from "./bench/print";
import { profilePart } from "./bench/profile-part";
import { progressLine } from "./bench/progress";
import { randomFrom } from "./bench/random";
import { resultsPath, saveResults, takenHere, type PartName } from "./bench/results";
import { synthPart } from "./bench/synth-part";
import { toolsPart } from "./bench/tools-part";
import { warmPart } from "./bench/warm-part";
import { workerPart } from "./bench/worker-part";
import { build } from "./build/build";
import { installRuntimes } from "./lambda-runtime/install-runtimes";
import { runMain } from "./local/run-main";
import { npmCi } from "./npm-ci";
import { startAwsStub } from "./testing/aws-stub";

const parts: Readonly<Record<PartName, Part>> = {
  cold: coldPart,
  profile: profilePart,
  warm: warmPart,
  worker: workerPart,
  synth: synthPart,
  tools: toolsPart,
  deploy: deployPart,
};

/** `npm run bench`: peers → build → each part measured, printed and kept. Slow is no failure. */
runMain(async () => {
  const options = parseBenchOptions();
  if (options !== undefined) await bench(options);
});

async function bench({ parts: names, quick, runs }: BenchOptions): Promise<void> {
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
      : `\nKept in ${resultsPath}. npm run bench:plot makes the page and the pictures from it.`,
  );
}
