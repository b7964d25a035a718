import { readSourceMap, sourcePlace } from "../build/source-maps";
import type { Frame } from "./cpu-profile";

/**
 * Names places of frames: where the frame's function is in the sources, and how it is called.
 * @param buildFolder with the source maps of the code that ran
 * @returns `node_modules/zod/… parse`, `functions/api/app.ts createApp`, `layer/vendor.js `, `node:net connect`, `(idle) `
 */
export function placesOf(buildFolder: string): (frame: Frame) => string {
  const layer = readSourceMap(buildFolder, "layer");
  const task = readSourceMap(buildFolder, "api");
  const sourceOf = ({ url, lineNumber, columnNumber, functionName }: Frame): string => {
    // What V8 does apart from any function, in brackets.
    if (url === "") return /^\(.*\)$/.test(functionName) ? functionName : "native";
    if (url.endsWith("/vendor.code.js"))
      return sourcePlace(layer, lineNumber, columnNumber)?.source ?? "layer/vendor.code.js";
    // A bundle is one module: the sources' outermost code is that of the file.
    if (url.endsWith("/task/index.js"))
      return sourcePlace(task, lineNumber, columnNumber)?.source ?? "functions/api";
    if (url.endsWith("/vendor.js")) return "layer/vendor.js";
    return url;
  };
  return (frame) => {
    const source = sourceOf(frame);
    return `${source} ${source === frame.functionName ? "" : frame.functionName}`;
  };
}
