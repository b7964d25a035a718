import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The replaced files of a run. */
export interface Replacements {
  /** Path of the layer's program. */
  readonly vendor: string;
  /** Id of the layer's module for each file. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * A member of `node:module` that loads modules of the layer. Sandboxes, such as jest's, have their own globals, but share
 * built-in modules.
 */
export const layerModule = "$layerModule";

export interface Layer {
  readonly load: (id: string) => unknown;
}

/** Loads a layer's program. */
export const loadLayer = (vendor: string) => createRequire(__filename)(vendor) as Layer;

// The preloaded program replaces it.
const read = readFileSync;

/** The source of a module that re-exports a layer's module; undefined for a file that is not replaced. */
export function replacedText(path: string, { vendor, ids }: Replacements): string | undefined {
  const id = ids[path];
  if (id === undefined) return undefined;
  const names = Object.keys(Object(loadLayer(vendor).load(id)) as object);
  return isEsModule(read(path, "utf8")) ? esModuleText(id, names) : commonJsText(id, names);
}

/** Whether a source has the syntax of an ES module. */
export const isEsModule = (text: string): boolean => /^\s*(import|export)\b/m.test(text);

/** Copies the layer's error classes into a sandbox, for `instanceof`. */
const fromLayer = (id: string) =>
  `process.getBuiltinModule("node:module").${layerModule}(${JSON.stringify(id)}, globalThis)`;

/** From the last line, Node's lexer detects the names that ES modules can import. */
const commonJsText = (id: string, names: readonly string[]) => `module.exports = ${fromLayer(id)};
0 && (module.exports = { ${names.map((name) => `${JSON.stringify(name)}: 0`).join(", ")} });`;

const esModuleText = (id: string, names: readonly string[]) => `// @ts-nocheck
const module = ${fromLayer(id)};
${names.map((name, at) => `const $${at} = module[${JSON.stringify(name)}];`).join("\n")}
export { ${names.map((name, at) => `$${at} as ${name}`).join(", ")} };`;
