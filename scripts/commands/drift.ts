import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Deploy",
  description: "Find resources of an environment that differ from what Terraform applied.",
  exitCodes: { 3: "drift was found, and --issue was not given" },
  options: {
    issue: flag("Open a GitHub issue for drift, keep it up to date, and close it when the drift is gone."),
  },
  json: "the addresses of each layer",
  confirms: "never",
  does: (name) => `find drift of ${name}`,
  run: async ({ issue }, { account }) => {
    const { Github } = await import("../../packages/github/src/github.js");
    const { reportDrift } = await import("../pipeline/drift.js");
    return reportDrift(account, issue ? Github.ofWorkflow() : undefined);
  },
});
