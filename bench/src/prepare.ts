import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { defaultBuildFolder, type FunctionName } from "../../scripts/build/paths";
import { reproducibleZip } from "../../packages/lambda-layer/src/zip";
import { writeFiles, type Files } from "../../packages/lambda-layer/src/write-files";
import { bundledFile, bundledPeer, ourRecipe, rawPeer, type Deployable } from "./bundles";
import type { BenchContext } from "./part";
import type { Packaging, Shape } from "./shapes";

/** A function on disk, as Lambda unzips it. */
export interface PreparedFunction {
  readonly shape: Shape;
  /** Folder of the function's zip. */
  readonly taskRoot: string;
  /** Folder of the layer's zip. */
  readonly opt: string;
  readonly codeZipBytes: number;
  readonly layerZipBytes: number;
}

/** Writes the functions of shapes into the folder of the run. */
export async function prepareAll(
  shapes: readonly Shape[],
  { folder, report }: Pick<BenchContext, "folder" | "report">,
): Promise<PreparedFunction[]> {
  const prepared: PreparedFunction[] = [];
  for (const shape of shapes) {
    report(`preparing ${shape.name}`);
    prepared.push(await prepareFunction(shape, folder));
  }
  return prepared;
}

/** Writes a function as Lambda unzips it. */
export async function prepareFunction(shape: Shape, folder: string): Promise<PreparedFunction> {
  const own = join(folder, shape.name.replace(/\W+/g, "-"));
  const { code, layer = {} } = await deployable(shape.packaging);
  const taskRoot = join(own, "task");
  const opt = join(own, "opt");
  writeFiles(taskRoot, code);
  writeFiles(opt, layer);
  return {
    shape,
    taskRoot,
    opt,
    codeZipBytes: (await reproducibleZip(code)).length,
    layerZipBytes: Object.keys(layer).length === 0 ? 0 : (await reproducibleZip(layer)).length,
  };
}

function deployable(packaging: Packaging): Promise<Deployable> | Deployable {
  switch (packaging.by) {
    case "build":
      return { code: built(packaging.service), layer: built("layer") };
    case "file":
      return bundledFile(packaging.path);
    case "recipe":
      return ourRecipe(packaging.app, packaging.store);
    case "bundle":
      return bundledPeer(packaging.framework, packaging.store);
    case "raw layer":
      return rawPeer(packaging.framework, packaging.store);
  }
}

/** The files of a zip of `npm run build`. */
const built = (zip: FunctionName | "layer"): Files =>
  unzipSync(readFileSync(join(defaultBuildFolder, `${zip}.zip`)));
