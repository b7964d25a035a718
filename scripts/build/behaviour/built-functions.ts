import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { unzipSync } from "fflate";
import { lambdaBundle, writeFiles } from "../../../packages/lambda-layer/src";
import { build } from "../build";
import { functionNames, root, type FunctionName } from "../paths";

/** Functions are bundled with their packages as they were published, or stand beside the layer that has them. */
export type Packages = "published" | "layer";

/** Where things are in a folder of functions. */
export const handlerFile = (folder: string, packages: Packages, name: FunctionName) =>
  join(folder, packages, name, "index.js");
export const layerModules = (folder: string) => join(folder, "opt", "nodejs", "node_modules");
export const playerFile = (folder: string) => join(folder, "player", "index.js");

/** Makes a folder of all functions, with either packages, and of what plays events to them. */
export async function buildBoth(folder: string): Promise<void> {
  await build(folder);
  unzip(join(folder, "layer.zip"), join(folder, "opt"));
  for (const name of functionNames) {
    unzip(join(folder, `${name}.zip`), join(folder, "layer", name));
    await bundleInto(join(folder, "published", name), join("functions", name, "index.ts"));
  }
  await bundleInto(join(folder, "player"), join("scripts", "build", "behaviour", "play-events.ts"));
}

const unzip = (zip: string, into: string) => {
  writeFiles(into, unzipSync(readFileSync(zip)));
};

async function bundleInto(folder: string, entryPoint: string): Promise<void> {
  const options = {
    ...lambdaBundle,
    sourcemap: false,
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile: "index.js",
  };
  // Node prints the line that threw.
  const { outputFiles } = await bundle({ ...options, lineLimit: 200 });
  writeFiles(folder, { "index.js": outputFiles[0]?.contents ?? new Uint8Array() });
}
