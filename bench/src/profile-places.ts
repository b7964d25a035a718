import { basename } from "node:path";
import { sourcePosition } from "../../packages/lambda-layer/src/source-position";
import { readSourceMap } from "../../scripts/build/source-maps";
import type { Frame } from "./cpu-profile";

const outermost = "(module)";

/**
 * Creates a function that returns the place of a frame: its source and the name of its function.
 * @param buildFolder with the source maps of the bundles
 * @returns `node_modules/zod/… parse`, `functions/api/app.ts createApp`, `node:net connect`, `node:tls (module)`, `(idle)`
 */
export function placesOf(buildFolder: string): (frame: Frame) => string {
  const chunks = ["vendor.start", "vendor.deferred"] as const;
  const layer = new Map(chunks.map((name) => [`${name}.js`, readSourceMap(buildFolder, name)]));
  const task = readSourceMap(buildFolder, "api");
  const sourceOf = ({ url, lineNumber, columnNumber, functionName }: Frame): string => {
    // V8 names its own work in parentheses.
    if (url === "") return /^\(.*\)$/.test(functionName) ? functionName : "native";
    const file = basename(url);
    const chunk = layer.get(file);
    if (chunk !== undefined)
      return sourcePosition(chunk, lineNumber, columnNumber)?.source ?? `layer/${file}`;
    // A bundle is one module: code outside of functions has no mapping.
    if (url.endsWith("/task/index.js"))
      return sourcePosition(task, lineNumber, columnNumber)?.source ?? "functions/api";
    if (url.endsWith("/vendor.js")) return "layer/vendor.js";
    return url;
  };
  return (frame) => {
    const source = sourceOf(frame);
    return source === frame.functionName ? source : `${source} ${nameOf(frame)}`;
  };
}

/** Code outside of functions has no name, and starts where the file starts. */
const nameOf = ({ functionName, lineNumber, columnNumber }: Frame): string =>
  functionName === "" && lineNumber === 0 && columnNumber === 0 ? outermost : functionName;
