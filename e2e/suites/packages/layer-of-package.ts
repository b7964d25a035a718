import { readFileSync } from "node:fs";
import { join } from "node:path";
import { joinedImports } from "../../../packages/lambda-layer/src/imported-names";
import { reproducibleZip } from "../../../packages/lambda-layer/src/zip";
import { entryId } from "../../../packages/lambda-layer/src/es-modules";
import { packageNotInLayer } from "../../../packages/lambda-layer/src/package-suites/errors";
import {
  exportedSpecifiers,
  isEsPackage,
} from "../../../packages/lambda-layer/src/package-suites/replacements";
import type { Suite } from "../../../packages/lambda-layer/src/package-suites/suite";
import {
  unzippedLayer,
  type UnzippedLayer,
} from "../../../packages/lambda-layer/src/package-suites/unzipped-layer";
import { build } from "../../../scripts/build/build";
import { bundleFunction } from "../../../scripts/build/bundle-function";
import { cachedLayer } from "../../../scripts/build/cached-layer";
import { defaultBuildFolder, functionNames } from "../../../scripts/build/paths";
import { sharedLayer } from "../../../scripts/build/shared-layer";

/**
 * Builds the functions' layer and unzips it into a folder. The layer has only those exports of ES modules that functions
 * import; for a package of ES modules it is built with all exports.
 * @throws {BuildError} when the layer has no module of the package
 */
export async function layerOfPackage(
  { packageName, installed }: Suite,
  folder: string,
): Promise<UnzippedLayer> {
  await build();
  const layer = unzippedLayer(readFileSync(join(defaultBuildFolder, "layer.zip")), folder);
  if (!isEsPackage(installed)) {
    if (!layer.ids.some((id) => id.startsWith(`${packageName}/`))) throw packageNotInLayer(packageName);
    return layer;
  }
  const specifiers = exportedSpecifiers(packageName, installed);
  if (!specifiers.some((specifier) => layer.ids.includes(entryId(specifier))))
    throw packageNotInLayer(packageName);
  return unzippedLayer(await layerZipWithAllExports(packageName, specifiers), folder);
}

async function layerZipWithAllExports(
  packageName: string,
  specifiers: readonly string[],
): Promise<Uint8Array> {
  const bundles = await Promise.all(functionNames.map((name) => bundleFunction(name)));
  const all = new Map(specifiers.map((specifier) => [specifier, "everything" as const]));
  const imports = joinedImports([...bundles.map(({ imports }) => imports), all]);
  const files = bundles.flatMap(({ files }) => files);
  const zip = join(defaultBuildFolder, `layer-with-${packageName.replace("/", "-")}.zip`);
  return cachedLayer(zip, imports, files, async () =>
    reproducibleZip((await sharedLayer(imports, files)).files),
  );
}
