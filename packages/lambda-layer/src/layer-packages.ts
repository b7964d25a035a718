import { isBuiltin } from "node:module";
import { join, relative, sep } from "node:path";
import type { Plugin } from "esbuild";
import { unlistedPackage } from "./errors";

/** The packages of a layer, as a workspace lists them. */
export interface PackageList {
  /** Folder of the workspace: `layers/dependencies`. */
  readonly folder: string;
  readonly names: readonly string[];
}

/** The id of a file below a folder's `node_modules`. */
export const moduleId = (folder: string, path: string): string =>
  relative(join(folder, "node_modules"), path).split(sep).join("/");

/** The layer's module with all packages. */
export const vendorModule = "vendor.js";

/** `@scope/name` or `name` of a specifier such as `@scope/name/lib/file`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Marks the layer's packages as external, and rejects all others. */
export const packagesOutside = (packages: PackageList): Plugin => ({
  name: "packages-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === "entry-point") return undefined;
      return isBuiltin(path) || packages.names.includes(packageOf(path))
        ? { path, external: true }
        : { errors: [{ text: unlistedPackage(packageOf(path), packages) }] };
    });
  },
});
