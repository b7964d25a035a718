import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What a run knows of the files that it replaces. */
export interface Replacements {
  /** Path of the layer's program. */
  readonly vendor: string;
  /** Id of the layer's module for each file. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * A member of `node:module` that loads modules of the layer. It is there because sandboxes, such as jest's, have
 * globals of their own, and these modules of Node.
 */
export const layerModule = "$layerModule";

export interface Layer {
  readonly load: (id: string) => unknown;
}

/** Loads a layer's program. */
export const loadLayer = (vendor: string) => createRequire(__filename)(vendor) as Layer;

// The preloaded program replaces it.
const read = readFileSync;

/** The text of a module that has the exports of a layer's module; undefined for a file that is not replaced. */
export function replacedText(path: string, { vendor, ids }: Replacements): string | undefined {
  const id = ids[path];
  if (id === undefined) return undefined;
  const names = Object.keys(Object(loadLayer(vendor).load(id)) as object);
  return isEsModule(read(path, "utf8")) ? esModuleText(id, names) : commonJsText(id, names);
}

/** Whether a text has the syntax of an ES module. */
export const isEsModule = (text: string): boolean => /^\s*(import|export)\b/m.test(text);

/** In a sandbox, errors are made those of the layer, so that `instanceof` finds them. */
const fromLayer = (id: string) =>
  `process.getBuiltinModule("node:module").${layerModule}(${JSON.stringify(id)}, globalThis)`;

/** Node finds the names that ES modules may import in the last line. */
const commonJsText = (id: string, names: readonly string[]) => `module.exports = ${fromLayer(id)};
0 && (module.exports = { ${names.map((name) => `${JSON.stringify(name)}: 0`).join(", ")} });`;

const esModuleText = (id: string, names: readonly string[]) => `// @ts-nocheck
const module = ${fromLayer(id)};
${names.map((name, at) => `const $${at} = module[${JSON.stringify(name)}];`).join("\n")}
export { ${names.map((name, at) => `$${at} as ${name}`).join(", ")} };`;
