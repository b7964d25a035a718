import { isBuiltin } from "node:module";
import MagicString from "magic-string";
import type { SourceModule } from "./commonjs-modules";
import { rangeOf } from "./parsed-module";
import { requireUses } from "./require-calls";

/** A module's source with specifiers replaced by module ids. */
export function linkedSource({ text, parsed, idOf }: SourceModule): MagicString {
  const source = new MagicString(text);
  if (parsed === undefined) return source;
  for (const use of requireUses(parsed)) {
    if (use.kind !== "literal") continue;
    const id = isBuiltin(use.specifier) ? use.specifier.replace(/^(node:)?/, "node:") : idOf(use.specifier);
    if (id !== undefined) source.overwrite(...rangeOf(use.argument), JSON.stringify(id));
  }
  return source;
}
