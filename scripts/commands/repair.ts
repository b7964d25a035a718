import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Terraform state",
  description: "Repair what an interrupted or killed deployment leaves of an environment's states.",
  details:
    "That is locks, in the table and in the lockfile, and a digest that is not that of the state. Prints who held what, and keeps a lock whose holder may be alive.",
  examples: ["repair dev --aws --dry-run"],
  options: {
    "dry-run": flag("Only print what would be repaired."),
    force: flag("Release locks although their holder may be alive: two writers destroy a state."),
  },
  confirms: "in run",
  does: (name) => `repair the states of ${name}`,
  run: async ({ "dry-run": dryRun, force }, target) => {
    const { repairEnvironment } = await import("../state/repair-environment.js");
    await repairEnvironment(target, { dryRun, force });
  },
});
