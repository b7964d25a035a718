import { defineCloudCommand } from "../core/cloud-command";
import { taskArguments, taskLeading, taskOptions, validateTaskValues } from "../operations/task-options";

export default defineCloudCommand({
  group: "Operate",
  description: "Print, list, create, retry or cancel tasks.",
  details:
    "Requests go to the API, signed with your credentials where it authorizes by IAM: the command needs no access to the table or to the queue. Without ids, retry and cancel count the tasks that the options select, and change them only with --yes. After an interruption, repeat the command: a task that was changed is not selected again.",
  examples: [
    "tasks get dev <id>",
    "tasks list prod --state failed --older-than 60 --aws",
    'tasks create dev --type echo --payload \'{"message":"hello"}\'',
    "tasks retry prod --state failed --type report.summary --aws",
    "tasks cancel prod --type report.summary --aws --yes",
  ],
  leading: taskLeading,
  arguments: taskArguments,
  options: taskOptions,
  json: "the task, the tasks, or how many were selected, changed and skipped",
  confirms: "in run",
  yes: "Change AWS without a confirmation; without ids, change the selected tasks, also in the local cloud.",
  does: (name, { action }) => `${action} tasks of ${name}`,
  validate: validateTaskValues,
  run: async (values, { account, confirm, yes }) => {
    const { action, ids, token } = values;
    if ((action === "retry" || action === "cancel") && ids.length > 0)
      await confirm(`${action === "retry" ? "Retry" : "Cancel"} ${ids.length} tasks?`);
    if (action === "create") await confirm(`Create ${values.count ?? 1} tasks?`);
    const { taskApi } = await import("../operations/task-api.js");
    const { taskOrigins } = await import("../operations/task-origins.js");
    const { runTaskCommand } = await import("../operations/tasks.js");
    return runTaskCommand(values, {
      api: await taskApi(account, token),
      readOrigins: taskOrigins(account),
      yes,
    });
  },
});
