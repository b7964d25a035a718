import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { unusedReplacements } from "./errors";
import { replacements, type Replacement } from "./replacements";

/**
 * Puts each replacement in the place of its file.
 * @param mustFindAll a replacement whose file no package has any more is an error
 */
export function slimPackages({ mustFindAll }: { readonly mustFindAll: boolean }): Plugin {
  return {
    name: "slim-packages",
    setup(build) {
      const used = new Set<Replacement>();
      for (const replacement of replacements) {
        build.onLoad({ filter: replacement.file }, ({ path }) => {
          used.add(replacement);
          return {
            contents: replacement.contents(path),
            loader: path.endsWith(".json") ? "json" : "js",
            resolveDir: dirname(path),
          };
        });
      }
      build.onEnd(() => {
        const unused = replacements.filter((replacement) => !used.has(replacement));
        return mustFindAll && unused.length > 0
          ? { errors: [{ text: unusedReplacements(unused.map(({ file }) => String(file))) }] }
          : undefined;
      });
    },
  };
}
