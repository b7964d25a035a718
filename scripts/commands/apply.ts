import { string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Deploy",
  description: "Apply exactly the plan that was reviewed.",
  details:
    "The plan has to be of this commit, this environment and this account, with no file changed. Layers that were planned before the layers below them were applied are left for another plan. Changes nothing when the account's Lambda quota is too small for what tfvars reserve.",
  examples: ["apply dev --aws"],
  options: { plan: string("folder", "The folder that plan has written (plans/<environment>).") },
  json: "the layers that were applied, and those to be planned again",
  confirms: "in run",
  does: (name) => `apply a plan of ${name}`,
  run: async ({ plan }, target) => {
    const { applyEnvironment } = await import("../pipeline/apply-environment.js");
    return applyEnvironment(target, plan);
  },
});
