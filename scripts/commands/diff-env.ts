import { environment } from "../core/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Environments",
  description: "Compare what would be applied to AWS for two environments.",
  details: "Names and accounts, which always differ, are left out. It calls no cloud.",
  alias: "npm run diff:env",
  examples: ["diff-env dev prod"],
  arguments: { environment: environment(), other: environment("The environment to compare it with.") },
  json: "the differences",
  run: async ({ environment: one, other }) => {
    const { compareEnvironments } = await import("../environments/compare-environments.js");
    return compareEnvironments(one, other);
  },
});
