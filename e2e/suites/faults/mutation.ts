import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { bundleFunction } from "../../../scripts/build/bundle-function";
import { root, type FunctionName } from "../../../scripts/build/paths";

/** A change of the sources of functions: a protection taken out, which a fault must then break, or a fault put in. */
export interface Mutation {
  readonly what: string;
  readonly functions: readonly FunctionName[];
  /** Texts to replace, each of which must be there, by file. */
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** The bundle of a function with these edits. */
export async function mutatedBundle(
  name: FunctionName,
  { edits }: Pick<Mutation, "edits">,
): Promise<Uint8Array> {
  const loaded = new Set<string>();
  const mutate: Plugin = {
    name: "mutate",
    setup: (bundling) => {
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const ofFile = edits.filter(({ file }) => join(root, file) === path);
        if (ofFile.length === 0) return undefined;
        let contents = readFileSync(path, "utf8");
        for (const { file, from, to } of ofFile) {
          if (!contents.includes(from))
            throw new Error(`${file} has no "${from}": the mutation must follow the code`);
          contents = contents.replaceAll(from, to);
          loaded.add(file);
        }
        return { contents, loader: "ts" };
      });
    },
  };
  const { code } = await bundleFunction(name, [mutate]);
  for (const { file } of edits) if (!loaded.has(file)) throw new Error(`${name} does not use ${file}`);
  return code;
}
