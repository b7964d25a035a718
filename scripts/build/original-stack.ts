import type { SourceMap } from "node:module";
import { defaultBuildFolder, type FunctionName } from "./paths";
import { readSourceMap, sourcePlace } from "./source-maps";

/**
 * A position in a file that Lambda runs, `/var/task/index.js:12:345`, or that the emulator has put in a temporary folder,
 * `/tmp/…/code/index.js:12:345`; line and column from 1.
 */
const position =
  /(?:(?:\/var\/task|\/\S+\/code)\/index|(?:\/opt|\/\S+\/layer_\d+)\/nodejs\/node_modules\/(vendor\.start|vendor\.deferred))\.js:(\d+):(\d+)/g;

type MappedFile = Parameters<typeof readSourceMap>[1];
/** Reads the source map of a function or of a chunk of the layer. */
export type ReadSourceMap = (file: MappedFile) => SourceMap;

/**
 * A stack of a deployed function with the positions in the sources: the function's, and the packages' of the layer.
 * @param read by default from the last build
 * @throws {BuildError} when there is no build to look into
 */
export function originalStack(
  stack: string,
  name: FunctionName,
  read: ReadSourceMap = (file) => readSourceMap(defaultBuildFolder, file),
): string {
  const maps = new Map<MappedFile, SourceMap>();
  const mapOf = (file: MappedFile) => {
    const map = maps.get(file) ?? read(file);
    maps.set(file, map);
    return map;
  };
  return stack.replace(
    position,
    (generated, chunk: "vendor.start" | "vendor.deferred" | undefined, line: string, column: string) => {
      const found = sourcePlace(mapOf(chunk ?? name), Number(line) - 1, Number(column) - 1);
      return found === undefined ? generated : `${found.source}:${found.line + 1}:${found.column + 1}`;
    },
  );
}
