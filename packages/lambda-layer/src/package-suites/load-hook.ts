import type { InitializeHook, LoadHook } from "node:module";
import { fileURLToPath } from "node:url";
import { isEsModule, replacedText, type Replacements } from "./replaced-text";

/** Node's hooks for `import`: https://nodejs.org/docs/latest-v22.x/api/module.html#customization-hooks */

let replacements: Replacements | undefined;

export const initialize: InitializeHook<Replacements> = (data) => {
  replacements = data;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const source =
    replacements !== undefined && url.startsWith("file:")
      ? replacedText(fileURLToPath(url), replacements)
      : undefined;
  if (source === undefined) return nextLoad(url, context);
  return { format: isEsModule(source) ? "module" : "commonjs", source, shortCircuit: true };
};
