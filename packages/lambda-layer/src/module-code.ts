import type MagicString from "magic-string";
import { defineLazyExport } from "./lazy-requires";
import { minify } from "./minify";

/** A module as the layer has it. */
export interface LayerModule {
  readonly id: string;
  /** A function expression, its parameters those of `moduleParameters`. */
  readonly code: string;
  /** Source map of the code behind `$=`. */
  readonly map: string;
}

/** What a module's function is called with: Node's own five, and the helper of lazy exports. */
const moduleParameters = [
  "exports",
  "require",
  "module",
  "__filename",
  "__dirname",
  defineLazyExport,
] as const;

/**
 * @param source the module's text, linked
 * @param originalMap source map of the text, when it was generated
 */
export function moduleCode(id: string, source: MagicString, originalMap?: string): LayerModule {
  const { code, map } = minify(wrapped(source), `node_modules/${id}`, originalMap);
  const end = code.lastIndexOf(";");
  if (!code.startsWith(unused) || end < 0)
    throw new Error(`Expected ${unused}…; for ${id}, got ${code.slice(0, 40)}`);
  return { id, code: code.slice(unused.length, end), map };
}

/** The same, as it is written, but for letters that are not in ASCII. */
export const wrappedModule = (id: string, source: MagicString): LayerModule => {
  const code = wrapped(source).toString();
  const ascii = code.replace(
    /[^\x00-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { id, code: ascii.slice(unused.length, ascii.lastIndexOf(";")), map: "{}" };
};

function wrapped(source: MagicString): MagicString {
  // Node ignores it in the first line of a module.
  if (source.original.startsWith("#!")) source.prepend("//");
  return source.prepend(`${unused}function (${moduleParameters.join(", ")}) {`).append("\n};");
}

/** The start of the minified code, which the code of a module does not have: it makes a statement of the function. */
export const unused = "$=";
