import { faultNames } from "../../packages/console/src/endpoints";
import { argument, integer, listOf, oneOf, option } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";
import { environment } from "../core/arguments";

const named = faultNames.map((name) => name.replaceAll(" ", "-"));

export default defineCommand({
  group: "Local cloud",
  description: "Inject faults into the functions' calls while tasks run, and count lost and duplicated ones.",
  details:
    "Until all tasks have ended, the functions call SQS and the store through proxies; then they are configured as before. Only in the local cloud. npm run faults runs the whole campaign.",
  examples: ["inject dev kill-worker", "inject dev fail-SQS,throttle-table --tasks 100"],
  arguments: {
    environment: environment(),
    faults: argument(`Comma-separated: ${named.join(", ")}.`, listOf(oneOf("faults", named))),
  },
  options: { tasks: option("count", "Tasks to create (20).", integer("a count", 1, 500)) },
  json: "the numbers of accepted, done, lost and duplicated tasks",
  run: async ({ environment: name, faults, tasks = 20 }) => {
    const { injectFaults } = await import("../console/inject-faults.js");
    return injectFaults(
      name,
      faultNames.filter((fault) => faults.includes(fault.replaceAll(" ", "-"))),
      tasks,
    );
  },
});
