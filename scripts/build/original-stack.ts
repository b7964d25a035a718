import { defaultBuildFolder, type FunctionName } from "./paths";
import { readSourceMap, sourcePlace } from "./source-maps";

/** A place in a file that Lambda runs, `/var/task/index.js:12:345`; line and column from 1. */
const place =
  /(\/var\/task\/index\.js|\/opt\/nodejs\/node_modules\/(vendor\.start|vendor\.deferred)\.js):(\d+):(\d+)/g;

/**
 * A stack of a deployed function with the sources' places in it: the function's, and the packages' of the layer.
 * @throws {BuildError} when there is no build to look into
 */
export function originalStack(stack: string, name: FunctionName, folder = defaultBuildFolder): string {
  const maps = {
    task: readSourceMap(folder, name),
    "vendor.start": readSourceMap(folder, "vendor.start"),
    "vendor.deferred": readSourceMap(folder, "vendor.deferred"),
  };
  return stack.replace(
    place,
    (generated, _file, chunk: keyof typeof maps | undefined, line: string, column: string) => {
      const map = maps[chunk ?? "task"];
      const found = sourcePlace(map, Number(line) - 1, Number(column) - 1);
      return found === undefined ? generated : `${found.source}:${found.line + 1}:${found.column + 1}`;
    },
  );
}
