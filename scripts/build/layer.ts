import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { lambdaBundle, outputOf } from "./bundle-function";
import { codeCache, exerciseImports } from "./code-cache";
import { bundlingFailed, unusedPackages } from "./errors";
import { joinedImports, type ImportedNames } from "./imported-names";
import { layerPackages, packageOf } from "./packages";
import { root } from "./paths";
import { slimPackages } from "./slim-packages";
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
}

const sharedLayer: LayerSource = {
  packages: layerPackages,
  folder: root,
  exercise: "layers/dependencies/exercise.ts",
};

/**
 * The files of the shared layer: one file with what the functions import, each package evaluated when it is first
 * asked for, compiled already where V8 takes the code cache beside it, and a one-line package of the right name for
 * each import.
 * @param imports of all functions
 * @param files of packages that functions read, as `package/path`
 * @param source of another layer than the one that is deployed
 * @throws {BuildError} when the layer would carry a package that no function imports
 */
export async function layerFiles(
  imports: ImportedNames,
  files: readonly string[],
  source = sharedLayer,
): Promise<Files> {
  const { exercise, packages: listed } = source;
  const used = [...imports.keys(), ...files].map(packageOf);
  const unused = listed.filter((name) => !used.includes(name));
  if (unused.length > 0) throw unusedPackages(unused);

  const carried = joinedImports([imports, await exerciseImports(exercise, listed)]);
  const packages = {
    [`${modules}/vendor.js`]: await vendorLoader(),
    [`${modules}/vendor.code.js`]: await vendorCode(carried, source),
    ...Object.fromEntries(
      [...carried.keys()].map((specifier) => [`${modules}/${specifier}/index.js`, encode(shim(specifier))]),
    ),
  };
  const { bytes, version } = await codeCache(packages, exercise, listed);
  return {
    ...packages,
    [`${modules}/vendor.${process.arch}.${version}.cache`]: bytes,
    ...Object.fromEntries(
      swaggerUiFiles(files).map(([specifier, bytes]) => [`${modules}/${specifier}`, bytes]),
    ),
  };
}

/** What Node loads in the place of every package. */
const vendorLoader = async () =>
  outputOf(await build({ ...lambdaBundle, entryPoints: [loaderFile], outfile: "vendor.js" }));

/** The packages as one function of `exports` and `require`, in ASCII. */
async function vendorCode(imports: ImportedNames, source: LayerSource): Promise<Uint8Array> {
  const bundle = await build({
    ...lambdaBundle,
    stdin: {
      contents: vendorSource([...imports.keys()]),
      resolveDir: source.folder,
      sourcefile: "vendor.js",
    },
    outfile: "vendor.code.js",
    // ES modules say what they do not need.
    mainFields: ["module", "main"],
    plugins: [importedParts(imports, source.folder), slimPackages({ mustFindAll: source === sharedLayer })],
    charset: "ascii",
    // A script has `require` only.
    supported: { "dynamic-import": false },
    // Node prints the line that threw.
    lineLimit: 200,
    banner: { js: "(function (exports, require) {" },
    footer: { js: "})" },
  }).catch((cause: unknown) => {
    throw bundlingFailed("the shared layer", cause);
  });
  return outputOf(bundle);
}

const partPrefix = "part:";

/** A getter for each import, so that a function pays only for the packages it uses. */
const vendorSource = (specifiers: readonly string[]) =>
  [...specifiers]
    .sort()
    .map(
      (name) =>
        `Object.defineProperty(exports, ${JSON.stringify(name)}, { get: () => require(${JSON.stringify(partPrefix + name)}) });`,
    )
    .join("\n");

/** `part:<specifier>`: a module with the names that functions import from a package, and nothing else. */
const importedParts = (imports: ImportedNames, resolveDir: string): Plugin => ({
  name: "imported-parts",
  setup(build) {
    const namespace = "part";
    build.onResolve({ filter: new RegExp(`^${partPrefix}`) }, ({ path }) => ({
      path: path.slice(partPrefix.length),
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const names = imports.get(path) ?? new Set();
      const what = names === "everything" ? "*" : `{ ${[...names].sort().join(", ")} }`;
      return { contents: `export ${what} from ${JSON.stringify(path)};`, resolveDir };
    });
  },
});

const shim = (specifier: string) => {
  const up = "../".repeat(specifier.split("/").length);
  return `module.exports = require("${up}vendor.js")[${JSON.stringify(specifier)}];\n`;
};

const encode = (text: string) => new TextEncoder().encode(text);
