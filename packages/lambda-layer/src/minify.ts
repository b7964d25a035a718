import { createRequire } from "node:module";
import type Remapping from "@jridgewell/remapping" with { "resolution-mode": "import" };
import { transformSync } from "@swc/wasm";
import type MagicString from "magic-string";

// The package's types for CommonJS do not parse.
const remapping = createRequire(__filename)("@jridgewell/remapping") as typeof Remapping;

/**
 * Joins the source maps of several generation steps.
 * @param maps of the steps, last step first
 */
export const joinedMaps = (maps: string[]): string => remapping(maps, () => null).toString();

export interface Minified {
  readonly code: string;
  /** Source map of the code. */
  readonly map: string;
}

/**
 * Minifies a script: no white space, and short names of local variables. Functions and classes keep their names, which
 * programs read: `error.constructor.name`.
 * @param name source name in the source map
 * @param originalMap source map of the unchanged source, if that was generated
 * @param isReadable keeps white space and names, for a debugger
 */
export function minify(
  source: MagicString,
  name: string,
  originalMap?: string,
  isReadable = false,
): Minified {
  const changes = source.generateMap({ source: name, hires: "boundary" });
  const { code, map } = transformSync(source.toString(), {
    filename: name,
    isModule: false,
    minify: !isReadable,
    sourceMaps: true,
    inlineSourcesContent: false,
    inputSourceMap: changes.toString(),
    jsc: {
      target: "es2022",
      parser: { syntax: "ecmascript" },
      minify: {
        compress: false,
        mangle: isReadable ? false : { toplevel: true, keep_fnames: true, keep_classnames: true },
        format: { asciiOnly: true, comments: false },
      },
    },
  });
  const toText = map ?? "";
  return {
    code,
    map: originalMap === undefined ? toText : joinedMaps([toText, originalMap]),
  };
}
