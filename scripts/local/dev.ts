import { forgetApplied } from "./applied";
import { bundleFunction } from "../build/bundle-function";
import { HotUpdater } from "../../packages/local-cloud/src/hot-update";
import { runMain } from "./run-main";
import { serveLocally } from "./serve-locally";
import { parseStartOptions } from "./start-options";
import { watchFunctions } from "./watch-functions";

/** `npm run dev`: what `npm start` does, and each save of a function's source is live within a second. */
runMain(async () => {
  const options = parseStartOptions("run dev");
  if (options === undefined) return;
  await serveLocally(options, async ({ target }, functions, signal) => {
    const updater = new HotUpdater(target, bundleFunction);
    await updater.remember(functions);
    // What Terraform applied will not be what runs: the next start has to look.
    forgetApplied(options.home, options.environment);
    console.log("Watching functions/: a save is live at once.\n");
    await watchFunctions(functions, updater, signal);
  });
});
