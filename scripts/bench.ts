import { bench } from "../bench/src/bench";
import { parseBenchOptions } from "../bench/src/options";
import { runMain } from "./local/run-main";

/** `npm run bench`: measures the built service and its peers. */
runMain(async () => {
  const options = parseBenchOptions();
  if (options !== undefined) await bench(options);
});
