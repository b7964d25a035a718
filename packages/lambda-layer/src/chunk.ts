import { unused, type LayerModule } from "./module-code";

/** A script of the layer. Its value is an object with the function of each of its modules, by id. */
export interface Chunk {
  readonly code: string;
  /** Source map of the script: an index map with a section for each module. */
  readonly map: string;
}

/**
 * Joins modules into one script.
 * @param mark a statement to run when a module is loaded, before its own code
 */
export function chunk(modules: readonly LayerModule[], mark?: (id: string) => string): Chunk {
  // No prototype, since a module may have any name.
  let code = "({__proto__:null,\n";
  let line = 1;
  const sections: unknown[] = [];
  for (const { id, code: text, map } of modules) {
    const key = `${JSON.stringify(id)}:`;
    sections.push({ offset: { line, column: key.length - unused.length }, map: JSON.parse(map) as unknown });
    const entry = `${key}${mark === undefined ? text : marked(text, mark(id))},\n`;
    code += entry;
    line += entry.split("\n").length - 1;
  }
  return { code: `${code}})`, map: JSON.stringify({ version: 3, sections }) };
}

/** `(function(…){…})` with a statement inserted at the start. */
const marked = (text: string, statement: string) => text.replace("{", () => `{${statement}`);
