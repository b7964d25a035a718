import { build } from "esbuild";
import { lambdaBundle, outputOf } from "./bundle-function";
import { bundlingFailed, unusedPackages } from "./errors";
import { layerPackages, packageOf } from "./packages";
import { root } from "./paths";
import { swaggerUiFiles, swaggerUiPackage } from "./swagger-ui";

/** Where Lambda's Node looks for packages of a layer. */
const modules = "nodejs/node_modules";
const vendorFile = `${modules}/vendor.js`;

/**
 * The files of the shared layer: one vendor file with everything that the functions import, each package evaluated
 * when it is first asked for, and a one-line package of the right name for each import.
 * @throws {BuildError} when the layer would carry a package that no function imports
 */
export async function layerFiles(imports: readonly string[]): Promise<Record<string, Uint8Array>> {
  const unused = layerPackages.filter((name) => !imports.some((specifier) => packageOf(specifier) === name));
  if (unused.length > 0) throw unusedPackages(unused);

  const isFile = (specifier: string) => packageOf(specifier) === swaggerUiPackage;
  const modulesUsed = imports.filter((specifier) => !isFile(specifier));
  const vendor = await build({
    ...lambdaBundle,
    stdin: { contents: vendorSource(modulesUsed), resolveDir: root, sourcefile: "vendor.js" },
    outfile: "vendor.js",
  }).catch((cause: unknown) => {
    throw bundlingFailed("the shared layer", cause);
  });
  const files = swaggerUiFiles(imports.filter(isFile)).map(
    ([specifier, bytes]) => [`${modules}/${specifier}`, bytes] as const,
  );
  const shims = modulesUsed.map(
    (specifier) => [`${modules}/${specifier}/index.js`, encode(shim(specifier))] as const,
  );
  return Object.fromEntries([[vendorFile, outputOf(vendor)], ...shims, ...files]);
}

/** A getter for each import, so that a function pays only for the packages it uses. */
const vendorSource = (imports: readonly string[]) =>
  imports
    .map((name) => JSON.stringify(name))
    .map((name) => `Object.defineProperty(exports, ${name}, { get: () => require(${name}) });`)
    .join("\n");

const shim = (specifier: string) => {
  const up = "../".repeat(specifier.split("/").length);
  return `module.exports = require("${up}vendor.js")[${JSON.stringify(specifier)}];\n`;
};

const encode = (text: string) => new TextEncoder().encode(text);
