import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFresh } from "./fresh-bundle";
import type { FastSynthOptions } from "./options";
import { pathsOf } from "./paths";
import { runBundle } from "./run-bundle";

/** Synthesizes the stacks. Sets the exit code to 1 when the bundle cannot be built. */
export function synthesize(options: FastSynthOptions): void {
  // Packages of CDKTF use deprecated functions of Node.js.
  process.noDeprecation = true;
  // The cdktf CLI sets it, and prints the stacks itself.
  if (process.env.CDKTF_OUTDIR === undefined) printStacksAtExit();
  if (makeFresh(options)) runBundle(pathsOf(options));
  else process.exitCode = 1;
}

function printStacksAtExit(): void {
  const started = performance.now();
  process.on("exit", () => {
    if (process.exitCode) return;
    const manifest = JSON.parse(readFileSync(join("cdktf.out", "manifest.json"), "utf8")) as {
      readonly stacks: object;
    };
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${Object.keys(manifest.stacks).sort().join(", ")}: synthesized into cdktf.out in ${seconds} s`,
    );
  });
}
