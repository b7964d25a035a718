import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { unzipSync } from "fflate";
import { joinedImports, reproducibleZip, writeFiles } from "../../../packages/lambda-layer/src";
import { entryId } from "../../../packages/lambda-layer/src/es-modules";
import { chunkFile, chunkNames, modulesFolder } from "../../../packages/lambda-layer/src/layer-files";
import { vendorModule } from "../../../packages/lambda-layer/src/layer-packages";
import { build } from "../../build/build";
import { bundleFunction } from "../../build/bundle-function";
import { keptLayer } from "../../build/kept-layer";
import { defaultBuildFolder, functionNames } from "../../build/paths";
import { sharedLayer } from "../../build/shared-layer";
import { packageNotInLayer } from "./errors";
import { exportedSpecifiers, isEsPackage } from "./replacements";
import type { Suite } from "./suite";

/** A layer on disk. */
export interface UnzippedLayer {
  /** Path of its program. */
  readonly vendor: string;
  readonly ids: readonly string[];
}

/**
 * Builds the functions' layer and unzips it into a folder; for a package of ES modules, of which the layer has the names
 * that functions import, a layer that has all others too.
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
  return unzippedLayer(await layerZipWithAllOf(packageName, specifiers), folder);
}

async function layerZipWithAllOf(packageName: string, specifiers: readonly string[]): Promise<Uint8Array> {
  const bundles = await Promise.all(functionNames.map((name) => bundleFunction(name)));
  const all = new Map(specifiers.map((specifier) => [specifier, "everything" as const]));
  const imports = joinedImports([...bundles.map(({ imports }) => imports), all]);
  const files = bundles.flatMap(({ files }) => files);
  const zip = join(defaultBuildFolder, `layer-with-${packageName.replace("/", "-")}.zip`);
  return keptLayer(zip, imports, files, async () =>
    reproducibleZip((await sharedLayer(imports, files)).files),
  );
}

/** Unzips a layer as Lambda does. */
export function unzippedLayer(zip: Uint8Array, folder: string): UnzippedLayer {
  writeFiles(folder, unzipSync(zip));
  const modules = join(folder, modulesFolder);
  const ids = chunkNames.flatMap((name) =>
    Object.keys(runInNewContext(readFileSync(join(modules, chunkFile(name)), "latin1")) as object),
  );
  return { vendor: join(modules, vendorModule), ids };
}
