import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { unzipSync } from "fflate";
import { lambdaBundle } from "../../../packages/lambda-layer/src/lambda-bundle";
import { writeFiles } from "../../../packages/lambda-layer/src/write-files";
import { writeRuntime, type Runtime } from "../../../packages/lambda-runtime/src/runtimes";
import { build } from "../../../scripts/build/build";
import { defaultBuildFolder, functionNames, root, type FunctionName } from "../../../scripts/build/paths";

/** A function is bundled with the published packages, or uses those of the layer. */
export type Packages = "published" | "layer";

/** The folder of a function with its index.js. */
export const taskRoot = (folder: string, packages: Packages, name: FunctionName) =>
  join(folder, packages, name);
/** The folder of the layer, /opt on Lambda. */
export const layerFolder = (folder: string) => join(folder, "opt");
/** The folder of the runtime client, /var/runtime on Lambda. */
export const runtimeFolder = (folder: string, client: Runtime["client"]) =>
  join(folder, "runtime", String(client));
export const layerModules = (folder: string) => join(layerFolder(folder), "nodejs", "node_modules");

export function writeRuntimes(folder: string): void {
  for (const client of [3, 4] as const) writeRuntime(runtimeFolder(folder, client), client);
}

/** Writes all functions in both variants into a folder. Those with the layer are the built zips. */
export async function buildBoth(folder: string): Promise<void> {
  await build();
  const zip = (name: string) => join(defaultBuildFolder, `${name}.zip`);
  unzip(zip("layer"), layerFolder(folder));
  for (const name of functionNames) {
    unzip(zip(name), taskRoot(folder, "layer", name));
    await bundleInto(taskRoot(folder, "published", name), join("functions", name, "index.ts"));
  }
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
  // Node prints the line of the source that threw.
  const { outputFiles } = await bundle({ ...options, lineLimit: 200 });
  writeFiles(folder, { "index.js": outputFiles[0]?.contents ?? new Uint8Array() });
}
