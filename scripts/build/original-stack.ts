import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { noSourceMap } from "./errors";
import { defaultBuildFolder, type FunctionName } from "./paths";

/** A place in a file that Lambda runs, `/var/task/index.js:12:345`; line and column from 1. */
const place = /(\/var\/task\/index\.js|\/opt\/nodejs\/node_modules\/vendor\.code\.js):(\d+):(\d+)/g;

/**
 * A stack of a deployed function with the sources' places in it: the function's, and the packages' of the layer.
 * @throws {BuildError} when there is no build to look into
 */
export function originalStack(stack: string, name: FunctionName, folder = defaultBuildFolder): string {
  const maps = {
    task: readMap(join(folder, `${name}.js.map`)),
    layer: readMap(join(folder, "layer.js.map")),
  };
  return stack.replace(place, (generated, file: string, line: string, column: string) => {
    const map = file.startsWith("/var/task") ? maps.task : maps.layer;
    const found = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalSource" in found)) return generated;
    const { originalSource, originalLine, originalColumn } = found;
    // Relative to a file that is in memory only.
    return `${originalSource.replace(/^(\.\.\/)+/, "")}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

function readMap(path: string): SourceMap {
  if (!existsSync(path)) throw noSourceMap(path);
  return new SourceMap(JSON.parse(readFileSync(path, "utf8")) as SourceMapPayload);
}
