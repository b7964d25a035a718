import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Deploy",
  description: "Find resources of an environment that differ from what Terraform applied.",
  exitCodes: { 3: "drift was found, and --issue was not given" },
  options: {
    issue: flag("Open a GitHub issue for drift, keep it up to date, and close it when the drift is gone."),
    json: flag("Print the addresses of each layer as JSON."),
  },
  confirms: "never",
  does: (name) => `find drift of ${name}`,
  run: async ({ issue, json }, { account }) => {
    const { Github } = await import("../pipeline/github.js");
    const { reportDrift } = await import("../pipeline/drift.js");
    await reportDrift(account, json, issue ? Github.ofWorkflow() : undefined);
  },
});
