import { flag, option, string } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";
import {
  accountsByEnvironment,
  environmentList,
  repositoryIdPair,
  repositoryName,
} from "../environments/setup-values";

export default defineCommand({
  group: "Adopt",
  description: "Write your accounts, region, repository and environments to tfvars.",
  details:
    "Prompts for all values when no option gives one. A value that is not given is kept. An environment that is not kept loses its tfvars and its job in deploy.yml. The environments that remain are validated together before a file is written. It calls no cloud.",
  examples: [
    "setup",
    "setup --accounts dev=444455556666 --environments dev",
    "setup --repository your-organization/orders --repository-ids 1234567/7654321",
  ],
  options: {
    environments: option(
      "names",
      "The environments to keep, such as dev,prod; the others are removed.",
      environmentList,
    ),
    accounts: option("ids", "Account ids by environment, such as dev=444455556666.", accountsByEnvironment),
    region: string("region", "The region of all environments and of their states."),
    repository: option(
      "owner/name",
      "The GitHub repository whose workflows plan and deploy; none removes it.",
      repositoryName,
    ),
    "repository-ids": option(
      "ids",
      "The ids of its owner and of itself, such as 1234567/7654321: names are reused, ids are not.",
      repositoryIdPair,
    ),
    "dry-run": flag("Only print the lines that would change."),
  },
  run: async ({ "repository-ids": repositoryIds, "dry-run": isDryRun, ...values }) => {
    const { setup } = await import("../environments/setup.js");
    await setup({ ...values, repositoryIds }, isDryRun);
  },
});
