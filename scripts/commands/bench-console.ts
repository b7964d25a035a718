import { argument, integer, option, optional } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Benchmark",
  description:
    "Measure the console's views with many tasks in the table, and the memory of its page over minutes.",
  details: "On an emulator of its own, with the tests of the suite console, which are smaller.",
  arguments: {
    tasks: optional(argument("How many tasks (100000).", integer("a number of tasks", 1, 1_000_000))),
  },
  options: { minutes: option("minutes", "How long the page is open (10).", integer("minutes", 1, 600)) },
  run: async ({ tasks = 100_000, minutes = 10 }) => {
    const { runSuite } = await import("../checks/suites.js");
    Object.assign(process.env, { CONSOLE_TASKS: String(tasks), CONSOLE_MINUTES: String(minutes) });
    process.exitCode = await runSuite("console", ["--testNamePattern", "with many tasks|memory is bounded"]);
  },
});
