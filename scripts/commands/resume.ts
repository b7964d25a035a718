import { printSources } from "../../packages/service-status/src/print";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Start what pause has stopped.",
  examples: ["resume prod --aws"],
  json: "what was resumed",
  confirms: "before",
  does: (name) => `resume ${name}`,
  run: async (_values, { account }) => {
    const { eventSources } = await import("../operations/service-control.js");
    return printSources(await eventSources(account).resume());
  },
});
