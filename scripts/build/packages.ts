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

/**
 * Leaves the layer's packages out of a function's bundle, and refuses those that the layer does not have.
 * @param packages those of the layer
 */
export const packagesComeFromLayer = (packages = layerPackages): Plugin => ({
  name: "packages-come-from-layer",
  setup(build) {
    build.onResolve({ filter: barePattern }, ({ path, kind }) => {
      if (kind === "entry-point") return undefined;
      if (isBuiltin(path) || packages.includes(packageOf(path))) return { path, external: true };
      return { errors: [{ text: unlistedPackage(packageOf(path)) }] };
    });
  },
});
