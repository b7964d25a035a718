import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Deploy",
  description:
    "Create the storage of an environment's Terraform state: the S3 bucket, its access log, and the lock table.",
  details:
    "Adopts and corrects existing storage, and prints what it changed. Warns when the account's Lambda quota is too small for what tfvars reserve. It can be repeated.",
  alias: "npm run bootstrap",
  examples: ["bootstrap dev --aws"],
  options: { "dry-run": flag("Only print what would be done.") },
  json: "what was or would be done with each bucket and table",
  confirms: "in run",
  does: (name) => `the storage of the Terraform state of ${name}`,
  run: async ({ "dry-run": dryRun }, target) => {
    const { bootstrap } = await import("../bootstrap/state-storage.js");
    return bootstrap(target, dryRun);
  },
});
