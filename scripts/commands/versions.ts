import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "List the releases with their versions, and which one is live.",
  details:
    "A release is a set of versions, one of each function, that became live together. It is good once its checks and its watch have passed; rollback returns to a good one.",
  examples: ["versions dev", "versions prod --aws --json"],
  json: "the live versions, the published ones, and the releases",
  confirms: "never",
  does: (name) => `releases of ${name}`,
  run: async (_values, { account }) => {
    const { printVersions } = await import("../operations/releases.js");
    return printVersions(account);
  },
});
