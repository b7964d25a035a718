import { join } from "node:path";
import { environmentNames } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { dynamicRequires, edits, optionalModules, pureCalls } from "../../layers/dependencies/edits";
import { buildLayer, type Layer } from "../../packages/lambda-layer/src/build-layer";
import type { ImportedNames } from "../../packages/lambda-layer/src/imported-names";
import { layerPackages } from "./bundle-function";
import { unusedEdits } from "./errors";
import { lambdaNode } from "../../packages/lambda-runtime/src/lambda-node";
import { functionNames, root } from "./paths";
import { swaggerUiFiles } from "./swagger-ui";

/**
 * The shared layer: `layers/dependencies`.
 * @param imports of all functions
 * @param files of packages that functions read, as `package/path`
 * @throws {BuildError}
 */
export async function sharedLayer(imports: ImportedNames, files: readonly string[]): Promise<Layer> {
  const layer = await buildLayer(imports, files, {
    packages: layerPackages(imports),
    folder: root,
    exercise: join(root, "layers", "dependencies", "exercise.ts"),
    memorySizes: await memorySizes(),
    ...layerSettings,
  });
  if (layer.unusedEdits.length > 0) throw unusedEdits(layer.unusedEdits);
  const assets = swaggerUiFiles(files).map(
    ([file, bytes]) => [`nodejs/node_modules/${file}`, bytes] as const,
  );
  return { ...layer, files: { ...layer.files, ...Object.fromEntries(assets) } };
}

/** Build settings of all layers of this repository. */
export const layerSettings = {
  node: lambdaNode,
  edits,
  optional: optionalModules,
  dynamic: dynamicRequires,
  pureCalls,
  codeCache: true,
} as const;

/** The memory sizes of all functions in all environments, in MB. */
export async function memorySizes(): Promise<number[]> {
  const environments = await Promise.all(environmentNames().map((name) => loadEnvironment(name)));
  const sizes = environments.flatMap(({ app }) => functionNames.map((name) => app[name].memory_mb));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** The files that `memorySizes` reads, which are inputs of the layer too. */
export const memorySizeFiles = (): string[] =>
  environmentNames().map((name) => join(root, "deploy", "30_app", "environments", name, "terraform.tfvars"));
