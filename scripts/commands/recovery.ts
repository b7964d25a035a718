import { argument, flag, integer, oneOf, option } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { wrongUsage } from "../core/errors";

const actions = ["status", "failover", "failback", "drill"] as const;

/** Twice what AWS gives as the usual lag of a global table. */
const usualSettleSeconds = 5;

export default defineCloudCommand({
  group: "Operate",
  description: "Move the work of an environment to its second region, and back.",
  details:
    "failover stops the first region, starts the second, and publishes there what the first had accepted and not finished. failback does the same in the other direction; drill does one after the other. Each can be repeated. What is guaranteed: docs/operations/recovery.md.",
  examples: ["recovery status prod --aws", "recovery failover prod --lost --aws", "recovery drill dev"],
  leading: { action: argument("status, failover, failback or drill.", oneOf("actions", actions)) },
  options: {
    lost: flag(
      "Do not stop the region that is left, since it does not respond. Repeat without it when it does.",
    ),
    settle: option(
      "seconds",
      `How long the last writes of a stopped region may take to replicate (${usualSettleSeconds}).`,
      integer("settle", 0, 900),
    ),
  },
  json: "the regions, or what was moved, with the duration of each step",
  confirms: "in run",
  does: (name, { action }) => `${action === "status" ? "status of the regions" : action} of ${name}`,
  validate: ({ action, lost }) => {
    if (lost && (action === "drill" || action === "status"))
      throw wrongUsage(`--lost is for failover and failback, found it with ${action}.`);
  },
  run: async ({ action, lost, settle: settleSeconds = usualSettleSeconds }, target) => {
    const recovery = await import("../operations/recovery.js");
    if (action === "status") return recovery.recoveryStatus(target.account);
    if (action === "drill") return recovery.drill(target, { isLost: false, settleSeconds });
    const move = action === "failover" ? recovery.failOverTo : recovery.failBack;
    return move(target, { isLost: lost, settleSeconds });
  },
});
