import { flag, option, string, integer } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Benchmark",
  description: "Measure the built service and other frameworks, print ratios, and save them in docs/bench/.",
  alias: "npm run bench",
  examples: ["bench --only profile", "bench --quick"],
  options: {
    quick: flag("Take few samples, to check that everything runs; nothing is saved."),
    only: string(
      "parts",
      "Some of the parts, separated by commas: cold, profile, warm, worker, synth, tools, growth, load, deploy.",
    ),
    deploy: flag(
      "Also measure the first deployment onto the emulator and its maximum load, which takes minutes.",
    ),
    runs: option("number", "How many samples of each case.", integer("a number of runs", 1, 10_000)),
  },
  run: async (options) => {
    const { bench } = await import("../../bench/src/bench.js");
    await bench(options);
  },
});
