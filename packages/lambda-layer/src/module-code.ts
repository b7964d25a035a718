import type MagicString from "magic-string";
import { defineLazyExport } from "./lazy-requires";
import { minify } from "./minify";

/** A module in the layer. */
export interface LayerModule {
  readonly id: string;
  /** A function expression, its parameters those of `moduleParameters`. */
  readonly code: string;
  /** Source map of the code behind `$=`. */
  readonly map: string;
}

/** The parameters of a module's function: Node's five, and the helper of lazy exports. */
const moduleParameters = [
  "exports",
  "require",
  "module",
  "__filename",
  "__dirname",
  defineLazyExport,
] as const;

/**
 * @param source the linked source
 * @param originalMap source map of the source, if it was generated
 */
export function moduleCode(id: string, source: MagicString, originalMap?: string): LayerModule {
  const { code, map } = minify(wrapped(source), `node_modules/${id}`, originalMap);
  const end = code.lastIndexOf(";");
  if (!code.startsWith(unused) || end < 0)
    throw new Error(`Expected ${unused}…; for ${id}, found ${code.slice(0, 40)}`);
  return { id, code: code.slice(unused.length, end), map };
}

/** The same without minification; only non-ASCII characters are escaped. */
export const wrappedModule = (id: string, source: MagicString): LayerModule => {
  const code = wrapped(source).toString();
  const ascii = code.replace(
    /[^\x00-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { id, code: ascii.slice(unused.length, ascii.lastIndexOf(";")), map: "{}" };
};

function wrapped(source: MagicString): MagicString {
  // Node ignores a hashbang.
  if (source.original.startsWith("#!")) source.prepend("//");
  return source.prepend(`${unused}function (${moduleParameters.join(", ")}) {`).append("\n};");
}

/** Prefix of the minified code that is cut off again: it turns the function into a statement. */
export const unused = "$=";
