import { isBuiltin } from "node:module";
import type { OnResolveResult, Plugin } from "esbuild";
import { dependencies } from "../../layers/dependencies/package.json";
import { unlistedPackage } from "./errors";
import type { ImportedNames } from "./imported-names";

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

/** Leaves the layer's packages to the layer under their own names, and refuses those that it does not have. */
export const packagesAreImported = (packages: readonly string[]): Plugin => ({
  name: "packages-are-imported",
  setup(build) {
    build.onResolve({ filter: barePattern }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : external(path, packages),
    );
  },
});

/**
 * Takes the layer's packages from the layer. One module is asked for them all: to find one costs Node about as much as
 * to run it.
 * @param packages those of the layer
 * @param imports of the bundle, where they are known: it has a variable for each, where it would else make an object
 * with all that a package has, for each module that imports it
 */
export const packagesComeFromLayer = (packages: readonly string[], imports?: ImportedNames): Plugin => ({
  name: "packages-come-from-layer",
  setup(build) {
    const namespace = "layer";
    build.onResolve({ filter: barePattern }, ({ path, kind, namespace: from }) => {
      if (kind === "entry-point") return undefined;
      if (from === namespace) return { path, external: true };
      const found = external(path, packages);
      const isPackage = found.errors === undefined && !isBuiltin(path) && kind !== "require-resolve";
      return isPackage ? { path, namespace } : found;
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: fromVendor(path, imports?.get(path) ?? "everything"),
    }));
  },
});

/** A module of Node, or a package of the layer. */
const external = (path: string, packages: readonly string[]): OnResolveResult =>
  isBuiltin(path) || packages.includes(packageOf(path))
    ? { path, external: true }
    : { errors: [{ text: unlistedPackage(packageOf(path)) }] };

/** A module that has from the layer what is imported from a package. */
function fromVendor(specifier: string, names: ReadonlySet<string> | "everything"): string {
  const part = `require(${JSON.stringify(vendorModule)})[${JSON.stringify(specifier)}]`;
  if (names === "everything") return `module.exports = ${part};`;
  // By another name, since an export may have one that no variable can: default, catch.
  const renamed = [...names].sort().map((name, at) => ({ name, variable: `_${at}` }));
  return `const { ${renamed.map(({ name, variable }) => `${name}: ${variable}`).join(", ")} } = ${part};
export { ${renamed.map(({ name, variable }) => `${variable} as ${name}`).join(", ")} };`;
}
