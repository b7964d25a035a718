import { join } from "node:path";
import type { Plugin } from "esbuild";
import {
  bundleFunction as bundle,
  type FunctionBundle,
} from "../../packages/lambda-layer/src/function-bundle";
import type { ImportedNames } from "../../packages/lambda-layer/src/imported-names";
import type { PackageList } from "../../packages/lambda-layer/src/layer-packages";
import dependenciesPackage from "../../layers/dependencies/package.json";
import { root, type FunctionName } from "./paths";
import { optionalModules, optionalOutside } from "./optional-files";

interface DependenciesPackage {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const manifest: DependenciesPackage = dependenciesPackage;
const { dependencies, optionalDependencies = {} } = manifest;
const optional = Object.keys(optionalDependencies);

/** The packages that functions may import. */
const importable: PackageList = {
  folder: "layers/dependencies",
  names: [...Object.keys(dependencies), ...optional],
};

/** The packages of the shared layer: of the optional ones, those that functions import. */
export const layerPackages = (imports: ImportedNames): PackageList => ({
  ...importable,
  names: importable.names.filter((name) => !optional.includes(name) || imports.has(name)),
});

/**
 * Bundles a function of `functions/`.
 * @param isReadable keeps white space and the names of variables, for a debugger
 * @throws {BuildError} when it does not compile, or imports a package that is not in the shared layer
 */
export const bundleFunction = (
  name: FunctionName,
  plugins: Plugin[] = [],
  isReadable = false,
): Promise<FunctionBundle> =>
  bundle(join("functions", name, "index.ts"), importable, {
    absWorkingDir: root,
    plugins: [optionalOutside, ...plugins],
    own: optionalModules,
    isReadable,
  });
