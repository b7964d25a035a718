import { parseStartOptions } from "./start-options";
import { runMain } from "./run-main";
import { serveLocally } from "./serve-locally";

/** `npm start`: tools → emulator → state → build → deploy → the API answers → logs, until Ctrl-C. */
runMain(async () => {
  const options = parseStartOptions("start");
  if (options !== undefined) await serveLocally(options);
});
