import type { SourceMap } from "node:module";
import { sourcePosition } from "../../packages/lambda-layer/src/source-position";
import { defaultBuildFolder, type FunctionName } from "./paths";
import { readSourceMap } from "./source-maps";

/**
 * A position in a deployed file: `/var/task/index.js:12:345` in Lambda, `/tmp/…/code/index.js:12:345` in the emulator;
 * line and column start at 1.
 */
const position =
  /(?:(?:\/var\/task|\/[^\s"()]+\/code)\/index|(?:\/opt|\/[^\s"()]+\/layer_\d+)\/nodejs\/node_modules\/(vendor\.start|vendor\.deferred))\.js:(\d+):(\d+)/g;

type MappedFile = Parameters<typeof readSourceMap>[1];
/** Reads the source map of a function or of a chunk of the layer. */
export type ReadSourceMap = (file: MappedFile) => SourceMap;

/**
 * Replaces the positions in a stack trace of a deployed function by those in the sources of the function and the layer.
 * @param read reads a source map, by default of the last build
 * @throws {BuildError} when the source map is missing
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
      const found = sourcePosition(mapOf(chunk ?? name), Number(line) - 1, Number(column) - 1);
      return found === undefined ? generated : `${found.source}:${found.line + 1}:${found.column + 1}`;
    },
  );
}
