import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleFunction } from "./bundle-function";
import { joinedImports } from "./imported-names";
import { layerFiles } from "./layer";
import { defaultBuildFolder, functionNames } from "./paths";
import { replaceFile } from "./write-files";
import { reproducibleZip } from "./zip";

export interface Zip {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Makes the zip of each function and of the shared layer.
 * @throws {BuildError} saying what to do
 */
export async function build(folder = defaultBuildFolder): Promise<Zip[]> {
  const bundles = await Promise.all(functionNames.map(bundleFunction));
  const contents = {
    ...Object.fromEntries(functionNames.map((name, at) => [name, { "index.js": bundles[at]?.code }])),
    layer: await layerFiles(
      joinedImports(bundles.map(({ imports }) => imports)),
      bundles.flatMap(({ files }) => files),
    ),
  };

  mkdirSync(folder, { recursive: true });
  return Object.entries(contents).map(([name, files]) => {
    const path = join(folder, `${name}.zip`);
    const zip = reproducibleZip(files);
    replaceFile(path, zip);
    return { path, bytes: zip.length };
  });
}
