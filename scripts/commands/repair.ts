import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Terraform state",
  description: "Repair an environment's states after an interrupted or killed deployment.",
  details:
    "Releases stale locks, in the table and in the lockfile, and corrects a digest that does not match the state. Prints the holders, and keeps a lock whose holder may be alive.",
  examples: ["repair dev --aws --dry-run"],
  options: {
    "dry-run": flag("Only print what would be repaired."),
    force: flag("Release locks although their holder may be alive: two writers destroy a state."),
  },
  json: "the locks and digests that were found, and the repaired stacks",
  confirms: "in run",
  does: (name) => `repair the states of ${name}`,
  run: async ({ "dry-run": dryRun, force }, target) => {
    const { repairEnvironment } = await import("../state/repair-environment.js");
    return repairEnvironment(target, { dryRun, force });
  },
});
