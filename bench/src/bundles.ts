import { build as esbuild, type BuildOptions, type BuildResult } from "esbuild";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { buildLayer } from "../../packages/lambda-layer/src/build-layer";
import { bundleFunction } from "../../packages/lambda-layer/src/function-bundle";
import { packageOf } from "../../packages/lambda-layer/src/layer-packages";
import type { Files } from "../../packages/lambda-layer/src/write-files";
import { root } from "../../scripts/build/paths";
import { layerSettings, memorySizes } from "../../scripts/build/shared-layer";
import { peersFolder, peerPackages } from "./paths";
import { rawLayerFiles } from "./raw-layer";
import type { ExercisedStore, Framework, Store } from "./shapes";

/** The files of a function's zip and of its layer's zip. */
export interface Deployable {
  readonly code: Files;
  readonly layer?: Files;
}

/** The entry point of a function: creates a handler with a store. */
const entry = (app: string, store: Store) => ({
  contents: `import { createHandler } from "./${app}";
import * as store from "./stores/${store}.mjs";
export const handler = createHandler(store);`,
  resolveDir: peersFolder,
  sourcefile: "index.js",
});

/** A handler of bench/peers/ours, bundled as `npm run build` bundles the service. */
export async function ourRecipe(app: "hello" | "api", store: ExercisedStore): Promise<Deployable> {
  const { code, imports, files } = await bundleFunction(
    entry(`ours/${app}.js`, store),
    { folder: "bench/peers", names: Object.keys(peerPackages()) },
    { absWorkingDir: root },
  );
  const layer = await buildLayer(imports, files, {
    ...layerSettings,
    packages: { folder: "bench/peers", names: [...new Set([...imports.keys()].map(packageOf))] },
    folder: peersFolder,
    exercise: join(peersFolder, "ours", "exercises", `${store}.js`),
    memorySizes: await memorySizes(),
  });
  return { code: { "index.js": code }, layer: layer.files };
}

/** One minified file, from ES modules where packages have them, as AWS's guides recommend. */
const usualBundle = {
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  minify: true,
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "silent",
  write: false,
  outfile: "index.js",
  metafile: true,
} as const satisfies BuildOptions;

/** Bundles a peer into one file. */
export async function bundledPeer(framework: Framework, store: Store): Promise<Deployable> {
  const result = await esbuild({ ...usualBundle, stdin: entry(`frameworks/${framework}.mjs`, store) });
  return { code: { "index.js": outputOf(result) } };
}

/** Bundles a file of bench/peers that exports a handler. */
export async function bundledFile(path: string): Promise<Deployable> {
  const result = await esbuild({ ...usualBundle, entryPoints: [join(peersFolder, path)] });
  return { code: { "index.js": outputOf(result) } };
}

/** A peer with its packages in a layer as npm installs them. */
export async function rawPeer(framework: Framework, store: Store): Promise<Deployable> {
  const result = await esbuild({
    ...usualBundle,
    minify: false,
    packages: "external",
    stdin: entry(`frameworks/${framework}.mjs`, store),
  });
  return { code: { "index.js": outputOf(result) }, layer: rawLayerFiles(importedPackages(result)) };
}

/** The content of a bundle of one file. */
const outputOf = ({ outputFiles }: BuildResult<{ write: false }>) =>
  outputFiles[0]?.contents ?? new Uint8Array();

const importedPackages = ({ metafile }: BuildResult<{ metafile: true }>) => [
  ...new Set(
    Object.values(metafile.outputs)
      .flatMap((output) => output.imports)
      .filter(({ external, path }) => external === true && !isBuiltin(path))
      .map(({ path }) => packageOf(path)),
  ),
];
