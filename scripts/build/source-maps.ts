import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { noSourceMap } from "./errors";
import type { FunctionName } from "./paths";

/** A position in a source file, by its path in the repository; line and column start at 0. */
interface SourcePosition {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** Reads the source map of a function or of a chunk of the layer from a build folder. */
export function readSourceMap(
  folder: string,
  name: FunctionName | "vendor.start" | "vendor.deferred",
): SourceMap {
  const path = join(folder, `${name}.js.map`);
  if (!existsSync(path)) throw noSourceMap(path);
  return parseSourceMap(readFileSync(path, "utf8"));
}

export const parseSourceMap = (json: string) => new SourceMap(JSON.parse(json) as SourceMapPayload);

/**
 * Maps a position in a built file to its source; line and column start at 0.
 * @returns undefined for generated code without a source, such as esbuild's helpers
 */
export function sourcePosition(map: SourceMap, line: number, column: number): SourcePosition | undefined {
  const found = map.findEntry(line, column);
  if (!("originalSource" in found)) return undefined;
  const { originalSource, originalLine, originalColumn } = found;
  // The path is relative to a file that exists in memory only.
  return {
    source: originalSource.replace(/^(\.\.\/)+/, ""),
    line: originalLine,
    column: originalColumn,
  };
}
