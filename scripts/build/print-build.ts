import { relative } from "node:path";
import { architecture } from "../../deploy/30_app/lambda/runtime";
import { build } from "./build";

/** Builds the zips that Terraform deploys, and prints their sizes. */
export async function printBuild(quiet: boolean): Promise<void> {
  const started = performance.now();
  const zips = await build();
  if (quiet) return;
  for (const { path, bytes } of zips)
    console.log(`${relative(process.cwd(), path)}  ${(bytes / 1024).toFixed(1)} KiB`);
  if (process.arch !== architecture) {
    console.log(
      `The layer's code cache is for ${process.arch}, which the emulator uses; functions on ${architecture} start ` +
        `without one. Build on a machine with ${architecture} to get one for Lambda.`,
    );
  }
  console.log(`built in ${Math.round(performance.now() - started)} ms`);
}
