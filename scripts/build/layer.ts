import { join } from "node:path";
import { build } from "esbuild";
import { lambdaBundle, outputOf, sourceMapOf } from "./bundle-function";
import { codeCache, exerciseImports } from "./code-cache";
import { unusedPackages } from "./errors";
import { joinedImports, type ImportedNames } from "./imported-names";
import { inMemory, packageParts, packageBundle } from "./package-parts";
import { layerPackages, packageOf, vendorModule } from "./packages";
import { root } from "./paths";
import { swaggerUiFiles } from "./swagger-ui";
import type { Files } from "./write-files";

/** Where Lambda's Node looks for packages of a layer. */
const modules = "nodejs/node_modules";
const loaderFile = join("layers", "dependencies", "vendor.ts");

/** What a layer is made from. */
export interface LayerSource {
  /** Those it is to have; one that no function imports would be dead weight. */
  readonly packages: readonly string[];
  /** Where they are installed. */
  readonly folder: string;
  /** Uses the packages as a first invocation does: what it has V8 compile is in the code cache. */
  readonly exercise: string;
  /** Whether it is the one that functions share: it has every package that is made slim. */
  readonly isShared?: true;
}

export interface Layer {
  readonly files: Files;
  /** Of `vendor.code.js`. */
  readonly sourceMap: Uint8Array;
}

const sharedLayer: LayerSource = {
  packages: layerPackages,
  folder: root,
  exercise: "layers/dependencies/exercise.ts",
  isShared: true,
};

/**
 * The files of the shared layer: one module with what the functions import, each package evaluated when it is first
 * asked for, compiled already where V8 takes the code cache beside it.
 * @param imports of all functions
 * @param files of packages that functions read, as `package/path`
 * @param source of another layer than the one that is deployed
 * @throws {BuildError} when the layer would carry a package that no function imports
 */
export async function layerFiles(
  imports: ImportedNames,
  files: readonly string[],
  source = sharedLayer,
): Promise<Layer> {
  const { exercise, packages: listed } = source;
  const used = [...imports.keys(), ...files].map(packageOf);
  const unused = listed.filter((name) => !used.includes(name));
  if (unused.length > 0) throw unusedPackages(unused);

  const carried = joinedImports([imports, await exerciseImports(exercise, listed)]);
  const vendor = await vendorCode(carried, source);
  const packages = {
    [`${modules}/${vendorModule}`]: await vendorLoader(),
    [`${modules}/vendor.code.js`]: outputOf(vendor),
  };
  const { bytes, version } = await codeCache(packages, exercise, listed);
  return {
    files: {
      ...packages,
      [`${modules}/vendor.${process.arch}.${version}.cache`]: bytes,
      ...Object.fromEntries(
        swaggerUiFiles(files).map(([specifier, bytes]) => [`${modules}/${specifier}`, bytes]),
      ),
    },
    sourceMap: sourceMapOf(vendor),
  };
}

/** What Node loads in the place of every package. */
const vendorLoader = async () =>
  outputOf(await build({ ...lambdaBundle, entryPoints: [loaderFile], outfile: vendorModule }));

/** The packages as one function of `exports` and `require`, in ASCII. */
async function vendorCode(imports: ImportedNames, source: LayerSource) {
  const parts = await packageParts(imports, source);
  return build({
    ...packageBundle,
    stdin: { contents: vendorSource([...imports.keys()]), sourcefile: vendorModule },
    outfile: "vendor.code.js",
    plugins: [inMemory(parts)],
    charset: "ascii",
    // A script has `require` only.
    supported: { "dynamic-import": false },
    // Node prints the line that threw.
    lineLimit: 200,
    banner: { js: "(function (exports, require) {" },
    footer: { js: "})" },
  });
}

/** A getter for each import, so that a function pays only for the packages it uses. */
const vendorSource = (specifiers: readonly string[]) =>
  [...specifiers]
    .sort()
    .map(
      (name) =>
        `Object.defineProperty(exports, ${JSON.stringify(name)}, { get: () => require("./${name}.js") });`,
    )
    .join("\n");
