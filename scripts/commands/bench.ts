import { flag, option, text, wholeNumber } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Benchmark",
  description: "Measure the built service and other frameworks, print ratios, and save them in docs/bench/.",
  alias: "npm run bench",
  examples: ["bench --only profile", "bench --quick"],
  options: {
    quick: flag("Take few samples, to see that everything runs; nothing is kept."),
    only: text(
      "parts",
      "Some of the parts, separated by commas: cold, profile, warm, worker, synth, tools, deploy.",
    ),
    deploy: flag(
      "Also measure the first deployment onto the emulator and the load that it bears, which takes minutes.",
    ),
    runs: option("number", "How many samples of each case.", wholeNumber("a number of runs", 1, 10_000)),
  },
  run: async (options) => {
    const { bench } = await import("../../bench/src/bench.js");
    await bench(options);
  },
});
