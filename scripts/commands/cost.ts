import { string } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Documents and estimates",
  description: "Print what a month costs on AWS, for each environment and scenario.",
  alias: "npm run cost",
  json: "every line, with its quantity and price,",
  options: {
    environment: string("name", "One environment; all unless given."),
    scenario: string("name", "One scenario of the file; all unless given."),
    file: string("scenarios.json", "Other scenarios than scripts/documents/cost/scenarios.json."),
  },
  run: async (options) => {
    const { printCost } = await import("../documents/cost/print-cost.js");
    return printCost(options);
  },
});
