import { argument, optional, integer } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Benchmark",
  description: "Measure how long sweeps take for stranded tasks, against a stub that responds in 5 ms.",
  arguments: {
    tasks: optional(argument("How many tasks (100000).", integer("a number of tasks", 1, 10_000_000))),
  },
  run: async ({ tasks = 100_000 }) => {
    const { reportSweepLoad } = await import("../../bench/src/sweep-report.js");
    await reportSweepLoad(tasks);
  },
});
