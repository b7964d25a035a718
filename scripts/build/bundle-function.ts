import { join } from "node:path";
import { build, type BuildOptions, type BuildResult } from "esbuild";
import { bundlingFailed } from "./errors";
import { importedNames, type ImportedNames } from "./imported-names";
import { layerPackages, packagesAreImported, packagesComeFromLayer } from "./packages";
import { root, type FunctionName } from "./paths";

/** What Lambda's nodejs22.x runs. An ESM bundle would fail on the dynamic `require` in some packages. */
export const lambdaBundle = {
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  minifyWhitespace: true,
  minifySyntax: true,
  // Names stay as they are, in stacks as well: to tell every function its own would cost more than minified ones save.
  minifyIdentifiers: false,
  // Nothing outside these options has a say in the bytes.
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  legalComments: "none",
  logLevel: "silent",
  // For people who read a stack: nothing loads it. The sources are those of the commit that was built.
  sourcemap: "external",
  sourcesContent: false,
  // Paths in the output are relative to it, so that two checkouts give the same bytes.
  absWorkingDir: root,
  write: false,
  metafile: true,
} as const satisfies BuildOptions;

type BundleOptions = BuildOptions & { readonly metafile: true; readonly write: false };

export interface FunctionBundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  /** What the function leaves to the layer's packages. */
  readonly imports: ImportedNames;
  /** Files of packages that it reads: `require.resolve`. */
  readonly files: readonly string[];
}

/** Options for one function. */
export const functionBundle = (name: FunctionName) => ({
  ...lambdaBundle,
  entryPoints: [join("functions", name, "index.ts")],
  outfile: "index.js",
});

/** @throws {BuildError} when the function does not compile or imports what the layer does not have */
export const bundleFunction = (name: FunctionName): Promise<FunctionBundle> =>
  bundleWith(functionBundle(name), `functions/${name}`);

/**
 * @param what names the function in the message of an error
 * @param packages those of the layer
 * @throws {BuildError}
 */
export async function bundleWith(
  options: BundleOptions,
  what: string,
  packages = layerPackages,
): Promise<FunctionBundle> {
  const bundle = async () => {
    const imports = await importsOf(options, packages);
    const plugins = [...(options.plugins ?? []), packagesComeFromLayer(packages, imports)];
    return { imports, result: await build({ ...options, plugins }) };
  };
  const { imports, result } = await bundle().catch((cause: unknown) => {
    throw bundlingFailed(what, cause);
  });
  return {
    code: outputOf(result),
    sourceMap: sourceMapOf(result),
    imports,
    files: Object.values(result.metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === "require-resolve").map(({ path }) => path),
    ),
  };
}

/** Bundles as an ES module, which still says which names it imports. */
export const importsOf = async (
  options: BundleOptions,
  packages: readonly string[],
): Promise<ImportedNames> => {
  const plugins = [...(options.plugins ?? []), packagesAreImported(packages)];
  return importedNames(await build({ ...options, format: "esm", plugins }));
};

const mapEnding = ".map";
type InMemory = BuildResult<{ write: false }>;

/** The bytes of a bundle that has one file. */
export const outputOf = ({ outputFiles }: InMemory): Uint8Array =>
  Buffer.concat(outputFiles.filter(({ path }) => !path.endsWith(mapEnding)).map(({ contents }) => contents));

/** And of its source map. */
export const sourceMapOf = ({ outputFiles }: InMemory): Uint8Array =>
  Buffer.concat(outputFiles.filter(({ path }) => path.endsWith(mapEnding)).map(({ contents }) => contents));
