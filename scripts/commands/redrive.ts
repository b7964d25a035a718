import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Move the dead letters of an environment's tasks back to the task queue.",
  details:
    "For when the cause of their failure is fixed. It can be interrupted and repeated: a task has its effect once.",
  examples: ["redrive dev", "redrive prod --aws"],
  confirms: "before",
  does: (name) => `move the dead letters of ${name} back to the task queue`,
  run: async (_values, { account }) => {
    const { redrive } = await import("../operations/redrive.js");
    await redrive(account);
  },
});
