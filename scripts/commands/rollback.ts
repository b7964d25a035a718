import { flag, integer, option, string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Return all functions to the last good release before the live one.",
  details:
    "Moves the aliases of all functions, or none, within seconds. Running invocations end on their version, and messages are delivered to the earlier one. Terraform keeps it: the next deployment with new versions ends it. Roles, queues and the table stay as they were deployed last.",
  examples: [
    "rollback dev --dry-run",
    'rollback prod --reason "5xx since release 12" --aws',
    "rollback prod --release 9 --aws",
  ],
  options: {
    release: option("number", "A good release to return to instead.", integer("release", 1, 1_000_000)),
    reason: string("words", "Why, for versions (no reason given)."),
    "dry-run": flag("Print what would be moved."),
  },
  json: "the release, and whether the aliases were moved",
  confirms: "in run",
  does: (name, { "dry-run": dryRun }) => `${dryRun ? "plan a rollback of" : "roll back"} ${name}`,
  run: async ({ release, reason = "no reason given", "dry-run": dryRun }, target) => {
    const { rollBackRelease } = await import("../operations/releases.js");
    return rollBackRelease(target, { release, reason, dryRun });
  },
});
