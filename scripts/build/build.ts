import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { joinedImports } from "../../packages/lambda-layer/src/imported-names";
import { replaceFile } from "../../packages/lambda-layer/src/write-files";
import { reproducibleZip } from "../../packages/lambda-layer/src/zip";
import { bundleFunction } from "./bundle-function";
import { checkTaskTypes } from "./check-task-types";
import { cachedLayer } from "./cached-layer";
import { defaultBuildFolder, functionNames } from "./paths";
import { optionalZips } from "./optional-files";
import { bundleReleaseProgram } from "./release-program";
import { sharedLayer } from "./shared-layer";

export interface Zip {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Builds the zip of each function and of the shared layer, each with a source map, the zips that only environments with
 * PostgreSQL or a cache deploy, and the release program.
 * @throws {BuildError}
 */
export async function build(folder = defaultBuildFolder): Promise<Zip[]> {
  checkTaskTypes();
  mkdirSync(folder, { recursive: true });
  const zipOf = (name: string) => join(folder, `${name}.zip`);
  const mapOf = (name: string) => join(folder, `${name}.js.map`);
  const bundles = await Promise.all(functionNames.map((name) => bundleFunction(name)));

  const zips: Zip[] = [];
  for (const [at, name] of functionNames.entries()) {
    const { code = new Uint8Array(), sourceMap = new Uint8Array() } = bundles[at] ?? {};
    const zip = await reproducibleZip({ "index.js": code });
    replaceFile(zipOf(name), zip);
    replaceFile(mapOf(name), sourceMap);
    zips.push({ path: zipOf(name), bytes: zip.length });
  }
  const imports = joinedImports(bundles.map(({ imports }) => imports));
  const files = bundles.flatMap(({ files }) => files);
  const layer = await cachedLayer(zipOf("layer"), imports, files, async () => {
    const built = await sharedLayer(imports, files);
    for (const [file, map] of Object.entries(built.sourceMaps)) replaceFile(join(folder, `${file}.map`), map);
    return reproducibleZip(built.files);
  });
  for (const [name, zip] of Object.entries(await optionalZips())) {
    replaceFile(zipOf(name), zip);
    zips.push({ path: zipOf(name), bytes: zip.length });
  }
  const program = join(folder, "release.cjs");
  replaceFile(program, await bundleReleaseProgram());
  return [...zips, { path: zipOf("layer"), bytes: layer.length }];
}
