import { reportSweepLoad } from "../bench/src/sweep-report";
import { runMain } from "./local/run-main";

const [tasks = 100_000] = process.argv.slice(2).map(Number);

/** `npm run bench:sweep -- 100000` */
runMain(() => reportSweepLoad(tasks));
