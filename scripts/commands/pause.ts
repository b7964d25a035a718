import { argument, matching } from "../../packages/command-line/src/arguments";
import { reasonPattern } from "../../packages/event-sources/src/reason";
import { printSources } from "../../packages/service-status/src/print";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Stop the queues' event source mappings, the schedules and the sweep.",
  details:
    "Clients can create tasks, which wait in the queue. status prints the reason, and resume ends the pause; so does the next deployment, which resets what Terraform manages.",
  examples: ['pause prod "the invoice service is down" --aws'],
  arguments: {
    reason: argument("Why, in up to 200 letters, digits, spaces and _.:/=+@-.", (given) => {
      matching("a reason of up to 200 letters, digits, spaces and _.:/=+@-", reasonPattern)(given);
      return given;
    }),
  },
  json: "what is paused",
  confirms: "before",
  does: (name) => `pause ${name}`,
  run: async ({ reason }, { account }) => {
    const { eventSources } = await import("../operations/service-control.js");
    return printSources(await eventSources(account).pause(reason));
  },
});
