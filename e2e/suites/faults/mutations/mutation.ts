import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { bundleFunction } from "../../../../scripts/build/bundle-function";
import { functionNames, root, type FunctionName } from "../../../../scripts/build/paths";
import { postgresLayerZip } from "../../../../scripts/build/optional-files";
import { bundleReleaseProgram } from "../../../../scripts/build/release-program";
import { replaceDeclaration, type Replacement } from "./replace-declaration";

/** What runs a changed source: a function, the layer of functions with PostgreSQL, or the program that releases versions. */
type Program = FunctionName | "postgres-layer" | "release";

/** A change of the sources of functions or of a release: it removes a protection, in each store, or adds a fault. */
export interface Mutation {
  readonly description: string;
  readonly replacements: readonly SourceReplacement[];
}

export interface SourceReplacement extends Replacement {
  /** The programs that run the changed source. */
  readonly functions: readonly Program[];
  readonly file: string;
}

/** The functions that a mutation changes. */
export const mutatedFunctions = ({ replacements }: Mutation): FunctionName[] =>
  functionNames.filter((name) => replacements.some(({ functions }) => functions.includes(name)));

/**
 * Bundles a function with its replacements.
 * @throws {Error} if a file lacks the declaration, or the function does not use the file
 */
export const mutatedBundle = (name: FunctionName, mutations: readonly Mutation[]): Promise<Uint8Array> =>
  mutated(name, mutations, async (plugins) => (await bundleFunction(name, plugins)).code);

/** Whether a mutation changes the store of PostgreSQL. */
export const changesPostgres = ({ replacements }: Mutation): boolean =>
  replacements.some(({ functions }) => functions.includes("postgres-layer"));

/** The same for the layer of functions with PostgreSQL, as a zip. */
export const mutatedPostgresLayer = (mutations: readonly Mutation[]): Promise<Uint8Array> =>
  mutated("postgres-layer", mutations, postgresLayerZip);

/** The same for the program that releases versions. */
export const mutatedRelease = (mutations: readonly Mutation[]): Promise<Uint8Array> =>
  mutated("release", mutations, bundleReleaseProgram);

async function mutated(
  name: Program,
  mutations: readonly Mutation[],
  bundle: (plugins: Plugin[]) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const replacements = mutations
    .flatMap((mutation) => mutation.replacements)
    .filter(({ functions }) => functions.includes(name));
  const loaded = new Set<string>();
  const mutate: Plugin = {
    name: "mutate",
    setup: (bundling) => {
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const ofFile = replacements.filter(({ file }) => join(root, file) === path);
        if (ofFile.length === 0) return undefined;
        loaded.add(path);
        return { contents: ofFile.reduce(replaceDeclaration, readFileSync(path, "utf8")), loader: "ts" };
      });
    },
  };
  const code = await bundle([mutate]);
  for (const { file } of replacements)
    if (!loaded.has(join(root, file))) throw new Error(`${name} does not use ${file}`);
  return code;
}
