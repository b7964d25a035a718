import { build, type Plugin, type StdinOptions } from "esbuild";
import { bundlingFailed } from "./errors";
import { importedNames, type ImportedNames } from "./imported-names";
import { layeredCode } from "./layered-code";
import { lambdaBundle } from "./lambda-bundle";
import { packagesOutside, type PackageList } from "./layer-packages";

export interface FunctionBundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  /** Names that the function imports from the layer's packages. */
  readonly imports: ImportedNames;
  /** Files of packages that it reads with `require.resolve`. */
  readonly files: readonly string[];
}

export interface FunctionBundleOptions {
  readonly absWorkingDir: string;
  readonly plugins?: readonly Plugin[];
  /** Modules that are layers of their own, which `plugins` leave out of the bundle. */
  readonly own?: readonly string[];
  /** Keeps white space and the names of variables, for a debugger. */
  readonly isReadable?: boolean;
}

/**
 * Bundles a function without the layer's packages.
 * @param entry path of its module, relative to `absWorkingDir`, or its source
 * @param packages of the layer
 * @throws {BuildError} when the function does not compile, or imports a package that is not in the layer
 */
export async function bundleFunction(
  entry: string | StdinOptions,
  packages: PackageList,
  { absWorkingDir, plugins = [], own = [], isReadable = false }: FunctionBundleOptions,
): Promise<FunctionBundle> {
  const common = {
    ...lambdaBundle,
    ...(typeof entry === "string" ? { entryPoints: [entry] } : { stdin: entry }),
    absWorkingDir,
    outfile: "index.js",
    minifyWhitespace: false,
    // Converted to `require`, which can be resolved to the layer.
    supported: { "dynamic-import": false },
    plugins: [...plugins, packagesOutside(packages)],
  };
  try {
    // Only the ESM output has the imported names.
    const imports = importedNames(await build({ ...common, format: "esm", sourcemap: false }));
    const { outputFiles, metafile } = await build(common);
    const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
    const { code, map } = layeredCode(text(".js"), text(".js.map"), own, isReadable);
    return {
      code: Buffer.from(code),
      sourceMap: Buffer.from(map),
      imports: new Map([...imports].filter(([specifier]) => !own.includes(specifier))),
      files: Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ kind }) => kind === "require-resolve").map(({ path }) => path),
      ),
    };
  } catch (cause) {
    throw bundlingFailed(typeof entry === "string" ? entry : (entry.sourcefile ?? "the function"), cause);
  }
}
