import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { bundleFunction } from "../../../../scripts/build/bundle-function";
import { root, type FunctionName } from "../../../../scripts/build/paths";
import { replaceDeclaration, type Replacement } from "./replace-declaration";

/** A change of the sources of functions: it removes a protection, or adds a fault. */
export interface Mutation {
  readonly description: string;
  readonly replacements: readonly SourceReplacement[];
}

interface SourceReplacement extends Replacement {
  /** The functions that run the changed source. */
  readonly functions: readonly FunctionName[];
  readonly file: string;
}

/** The functions that a mutation changes. */
export const mutatedFunctions = ({ replacements }: Mutation): FunctionName[] => [
  ...new Set(replacements.flatMap(({ functions }) => functions)),
];

/**
 * Bundles a function with its replacements.
 * @throws {Error} if a file lacks the declaration, or the function does not use the file
 */
export async function mutatedBundle(name: FunctionName, mutations: readonly Mutation[]): Promise<Uint8Array> {
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
  const { code } = await bundleFunction(name, [mutate]);
  for (const { file } of replacements)
    if (!loaded.has(join(root, file))) throw new Error(`${name} does not use ${file}`);
  return code;
}
