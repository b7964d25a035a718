import { option, string, integer } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Deploy",
  description: "Plan all layers of an environment into a folder, for apply.",
  details:
    "Works before the environment exists: a layer whose lower layer was never applied is planned with placeholders, and cannot be applied. It takes no lock and writes no state. Warns when the account's Lambda quota is too small for what tfvars reserve.",
  examples: ["plan dev --aws"],
  options: {
    out: string("folder", "Where the plan is written (plans/<environment>)."),
    "lock-timeout": option(
      "minutes",
      "How long to wait for a run that holds the lock.",
      integer("minutes", 0, 999),
    ),
  },
  json: "the changes of each layer",
  confirms: "never",
  does: (name) => `plan ${name}`,
  run: async ({ out, "lock-timeout": lockTimeoutMinutes }, { account }) => {
    const { planEnvironment } = await import("../pipeline/plan-environment.js");
    return planEnvironment(account, { out, lockTimeoutMinutes });
  },
});
