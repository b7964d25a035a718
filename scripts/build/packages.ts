import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";
import { dependencies } from "../../layers/dependencies/package.json";
import { unlistedPackage } from "./errors";

/** The packages of the shared layer. */
export const layerPackages: readonly string[] = Object.keys(dependencies);

/** `@scope/name` or `name` of a specifier such as `@scope/name/lib/file`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const barePattern = /^[^./]/;

/** The layer's module with all packages; scripts/build/layer.ts makes it. */
export const vendorModule = "vendor.js";

/**
 * Takes the layer's packages from the layer, and refuses those that it does not have. One module is asked for them
 * all: to find one costs Node about as much as to run it. As an ES module, for those who ask what is imported, a bundle
 * keeps the packages' own names.
 * @param packages those of the layer
 */
export const packagesComeFromLayer = (packages = layerPackages): Plugin => ({
  name: "packages-come-from-layer",
  setup(build) {
    const namespace = "layer";
    const keepNames = build.initialOptions.format === "esm";
    build.onResolve({ filter: barePattern }, ({ path, kind, namespace: from }) => {
      if (kind === "entry-point") return undefined;
      if (isBuiltin(path) || from === namespace) return { path, external: true };
      if (!packages.includes(packageOf(path)))
        return { errors: [{ text: unlistedPackage(packageOf(path)) }] };
      return keepNames || kind === "require-resolve" ? { path, external: true } : { path, namespace };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(vendorModule)})[${JSON.stringify(path)}];`,
    }));
  },
});
