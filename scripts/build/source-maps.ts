import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { noSourceMap } from "./errors";
import type { FunctionName } from "./paths";

/** A place in a source, by its path in the repository; line and column from 0. */
interface SourcePlace {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** The map that a build puts beside a zip: the function's code, or a chunk of the layer. */
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
 * Where a place of a built file comes from; line and column from 0.
 * @returns undefined for what no source has, as esbuild's own helpers
 */
export function sourcePlace(map: SourceMap, line: number, column: number): SourcePlace | undefined {
  const found = map.findEntry(line, column);
  if (!("originalSource" in found)) return undefined;
  const { originalSource, originalLine, originalColumn } = found;
  // Relative to a file that is in memory only.
  return {
    source: originalSource.replace(/^(\.\.\/)+/, ""),
    line: originalLine,
    column: originalColumn,
  };
}
