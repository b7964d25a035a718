import { argument, oneOf, optional, word } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { wrongUsage } from "../core/errors";

export default defineCloudCommand({
  group: "Operate",
  description: "List the schedules with their last and next runs, or run one now.",
  details:
    "Runs are those of the last day that the producer has logged. run sends the schedule's event to the producer; within one minute it creates one task.",
  examples: ["schedules list dev", "schedules run dev hourly-report", "schedules list prod --aws --json"],
  leading: { action: argument("list or run.", oneOf("actions", ["list", "run"])) },
  arguments: { name: optional(word("For run: the schedule, or outbox-sweep.")) },
  json: "the schedules, or the id of the task",
  confirms: "in run",
  does: (name, { action }) => `${action} schedules of ${name}`,
  validate: ({ action, name }) => {
    if ((action === "run") !== (name !== undefined))
      throw wrongUsage("Expected the name of a schedule with run, and none with list.");
  },
  run: async ({ name }, { account, confirm }) => {
    const { printSchedules, runSchedule } = await import("../operations/schedules.js");
    if (name === undefined) return printSchedules(account);
    await confirm(`Run ${name} now?`);
    const taskId = await runSchedule(account, name);
    console.log(taskId === undefined ? "Done." : `Submitted task ${taskId}.`);
    return { taskId };
  },
});
