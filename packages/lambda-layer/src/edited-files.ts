import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import type { Edits } from "./edits";
import { moduleId } from "./layer-packages";

/** Replaces the content of files that have an edit. */
export const editedFiles = (folder: string, edits: Edits): Plugin => ({
  name: "edited-files",
  setup(build) {
    build.onLoad({ filter: /\.[cm]?js$/, namespace: "file" }, ({ path }) => {
      const file = moduleId(folder, path);
      return edits.has(file) ? { contents: edits.read(file), resolveDir: dirname(path) } : undefined;
    });
  },
});
