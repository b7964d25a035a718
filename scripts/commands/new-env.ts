import { environmentNames } from "../../deploy/config/environments";
import { flag, option, string, word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";
import { accountId } from "../environments/setup-values";

export default defineCommand({
  group: "Environments",
  description: "Add an environment: terraform.tfvars and backend.tfvars in each layer.",
  details:
    "The values are those of another environment; name, state and account are its own. No other file lists environments.",
  alias: "npm run new:env",
  examples: ["new-env qa --from stage --account 444455556666"],
  arguments: { name: word("The name of the new environment.") },
  options: {
    from: string("environment", "The environment whose values are copied (stage, or dev without a stage)."),
    account: option("id", "The id of its AWS account; a placeholder unless given.", accountId),
    "dry-run": flag("Only print what would be written."),
  },
  run: async ({ name, from: given, account, "dry-run": dryRun }) => {
    const from = given ?? (environmentNames().includes("stage") ? "stage" : "dev");
    const { createEnvironment } = await import("../environments/new-environment.js");
    await createEnvironment({ name, from, accountId: account }, dryRun);
  },
});
