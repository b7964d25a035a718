import { forgetApplied } from "./applied";
import { HotUpdater } from "../../packages/local-cloud/src/hot-update";
import { bundleFunction } from "../build/bundle-function";
import { serveLocally, type ServeOptions } from "./serve-locally";
import { watchFunctions } from "./watch-functions";

/** Runs the service on this machine; each save of a function's source is live within a second. */
export const developLocally = (options: ServeOptions): Promise<void> =>
  serveLocally(options, async ({ target }, functions, signal) => {
    const updater = new HotUpdater(target, bundleFunction);
    await updater.remember(functions);
    // What Terraform applied will not be what runs: the next start has to look.
    forgetApplied(options.home, options.environment);
    console.log("Watching functions/: a save is live at once.\n");
    await watchFunctions(functions, updater, signal);
  });
