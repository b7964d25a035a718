import { build, type Plugin, type StdinOptions } from "esbuild";
import { bundlingFailed } from "./errors";
import { importedNames, type ImportedNames } from "./imported-names";
import { layeredCode } from "./layered-code";
import { lambdaBundle } from "./lambda-bundle";
import { packagesOutside, type PackageList } from "./layer-packages";

export interface FunctionBundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  /** What the function imports from the layer's packages. */
  readonly imports: ImportedNames;
  /** Files of packages that it reads, by `require.resolve`. */
  readonly files: readonly string[];
}

/**
 * Bundles a function without the layer's packages.
 * @param entry path of its module, relative to `absWorkingDir`, or its text
 * @param packages those of the layer
 * @throws {BuildError} when the function does not compile, or imports what the layer does not have
 */
export async function bundleFunction(
  entry: string | StdinOptions,
  packages: PackageList,
  { absWorkingDir, plugins = [] }: { readonly absWorkingDir: string; readonly plugins?: readonly Plugin[] },
): Promise<FunctionBundle> {
  const common = {
    ...lambdaBundle,
    ...(typeof entry === "string" ? { entryPoints: [entry] } : { stdin: entry }),
    absWorkingDir,
    outfile: "index.js",
    minifyWhitespace: false,
    // As `require`, which can be taken from the layer.
    supported: { "dynamic-import": false },
    plugins: [...plugins, packagesOutside(packages)],
  };
  try {
    // An ES module says which names it imports.
    const imports = importedNames(await build({ ...common, format: "esm", sourcemap: false }));
    const { outputFiles, metafile } = await build(common);
    const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
    const { code, map } = layeredCode(text(".js"), text(".js.map"));
    return {
      code: Buffer.from(code),
      sourceMap: Buffer.from(map),
      imports,
      files: Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ kind }) => kind === "require-resolve").map(({ path }) => path),
      ),
    };
  } catch (cause) {
    throw bundlingFailed(typeof entry === "string" ? entry : (entry.sourcefile ?? "the function"), cause);
  }
}
