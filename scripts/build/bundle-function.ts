import { join } from "node:path";
import type { Plugin } from "esbuild";
import {
  bundleFunction as bundle,
  type FunctionBundle,
  type PackageList,
} from "../../packages/lambda-layer/src";
import { dependencies } from "../../layers/dependencies/package.json";
import { root, type FunctionName } from "./paths";

/** The packages of the shared layer. */
export const layerPackages: PackageList = { folder: "layers/dependencies", names: Object.keys(dependencies) };

/**
 * Bundles a function of `functions/`.
 * @throws {BuildError} when it does not compile, or imports a package that is not in the shared layer
 */
export const bundleFunction = (name: FunctionName, plugins: Plugin[] = []): Promise<FunctionBundle> =>
  bundle(join("functions", name, "index.ts"), layerPackages, { absWorkingDir: root, plugins });
