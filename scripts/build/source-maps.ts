import { existsSync, readFileSync } from "node:fs";
import type { SourceMap } from "node:module";
import { join } from "node:path";
import { parseSourceMap } from "../../packages/lambda-layer/src/source-position";
import { noSourceMap } from "./errors";
import type { FunctionName } from "./paths";

/** Reads the source map of a function or of a chunk of the layer from a build folder. */
export function readSourceMap(
  folder: string,
  name: FunctionName | "vendor.start" | "vendor.deferred",
): SourceMap {
  const path = join(folder, `${name}.js.map`);
  if (!existsSync(path)) throw noSourceMap(path);
  return parseSourceMap(readFileSync(path));
}
