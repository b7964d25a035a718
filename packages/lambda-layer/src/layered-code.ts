import { isBuiltin } from "node:module";
import MagicString from "magic-string";
import { vendorModule } from "./layer-packages";
import { deferRequires } from "./lazy-requires";
import { minify, type Minified } from "./minify";
import { parseModule, rangeOf } from "./parsed-module";
import { requireUses } from "./require-calls";

/**
 * The code of a function that requires its packages from the layer, and loads them and built-in modules at first use. All
 * packages are exports of one module, since resolving a package takes Node about as long as running it.
 * @param bundle of the function, as CommonJS that requires packages by their names
 * @param map source map of the bundle
 * @param own modules that are layers of their own, and required by their names
 * @param isReadable keeps white space and names, for a debugger
 */
export function layeredCode(
  bundle: string,
  map: string,
  own: readonly string[] = [],
  isReadable = false,
): Minified {
  const source = new MagicString(bundle);
  const parsed = parseModule(bundle);
  for (const use of requireUses(parsed)) {
    if (use.kind !== "literal" || isBuiltin(use.specifier) || own.includes(use.specifier)) continue;
    const fromLayer = `require(${JSON.stringify(vendorModule)})[${JSON.stringify(use.specifier)}]`;
    source.overwrite(...rangeOf(use.call), fromLayer);
  }
  deferRequires(source, parsed, { isPure: () => true, pureCalls: [] });
  return minify(source, "index.js", map, isReadable);
}
