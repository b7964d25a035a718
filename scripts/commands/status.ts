import { flag } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Print live versions, last deployments, queue depths, what is paused and why, and the alarms.",
  examples: ["status dev", "status prod --watch --aws", "status prod --aws --json"],
  options: { watch: flag("Print it every five seconds, until Ctrl-C; with --json one object per line.") },
  json: "the functions, the deployments, the queues, the event sources and the alarms",
  confirms: "never",
  does: (name) => `status of ${name}`,
  run: async ({ watch }, { account }) => {
    const { serviceStatus, watchStatus } = await import("../operations/service-control.js");
    if (watch) return watchStatus(account);
    const { statusText } = await import("../../packages/service-status/src/print.js");
    const status = await serviceStatus(account);
    console.log(statusText(status));
    return status;
  },
});
