import { SourceMap, type SourceMapPayload } from "node:module";

/** A position in a source file, by its path in the repository; line and column start at 0. */
interface SourcePosition {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

export const parseSourceMap = (json: string | Uint8Array) =>
  new SourceMap(JSON.parse(Buffer.from(json).toString()) as SourceMapPayload);

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
