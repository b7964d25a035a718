import type { SourceMap } from "node:module";
import { HotUpdater } from "../../packages/local-cloud/src/hot-update";
import { bundleFunction } from "../build/bundle-function";
import { defaultBuildFolder, type FunctionName } from "../build/paths";
import { parseSourceMap, readSourceMap } from "../build/source-maps";
import { forgetApplied } from "./applied";
import { serveLocally, type ServeOptions } from "./serve-locally";
import { watchFunctions } from "./watch-functions";

/** Runs the service on this machine, and updates a function within a second of a save. */
export function developLocally(options: ServeOptions): Promise<void> {
  const maps = new Map<string, SourceMap>();
  return serveLocally(options, {
    readMap: (file) => maps.get(file) ?? readSourceMap(defaultBuildFolder, file),
    onReady: async ({ target, signal }, functions, print) => {
      const updater = new HotUpdater(target, async (name: FunctionName) => {
        const { code, sourceMap } = await bundleFunction(name);
        maps.set(name, parseSourceMap(Buffer.from(sourceMap).toString()));
        return { code };
      });
      await updater.remember(functions);
      // The functions will differ from what Terraform applied: the next start deploys again.
      forgetApplied(options.paths, options.environment);
      print("Watching functions/: a save is live at once.\n");
      await watchFunctions(functions, updater, signal, print);
    },
  });
}
