import { argument, flag, oneOf, option, string, word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

const kinds = [
  "task-type",
  "route",
  "schedule",
  "queue",
  "function",
  "table",
  "bucket",
  "setting",
  "secret",
] as const;

export default defineCommand({
  group: "Build",
  description: "Add a task type, a route, a queue with its function, or another part to the service.",
  details:
    "Writes the lines of scripts/add/recipes.yaml: sources with their test, permissions and settings. Roles, variables, outputs, the boundary, the deploy role's permissions and the estimates follow from them.",
  examples: [
    "add task-type report.daily",
    "add queue emails --function mailer",
    "add bucket files --by worker",
  ],
  arguments: {
    kind: argument(`One of ${kinds.join(", ")}.`, oneOf("kinds", kinds)),
    name: word("Its name."),
  },
  options: {
    function: string("name", "For queue: the new function that consumes it (<name>worker)."),
    by: option(
      "function",
      "For queue, table and bucket: who uses it, api or worker (api).",
      oneOf("functions", ["api", "worker"]),
    ),
    "task-type": string("name", "For secret: the task type that reads it (echo)."),
    type: string("name", "For schedule: the task type (echo)."),
    expression: string("expression", "For schedule: when (rate(1 hour))."),
    payload: string("hcl", 'For schedule: the payload ({ message = "still here" }).'),
    environment: string("name", "For schedule: the environment (dev)."),
    value: string("value", "For setting: its value in each environment (default)."),
    "dry-run": flag("Only print the lines that would be written."),
  },
  run: async ({ kind, name, "dry-run": dryRun, "task-type": taskType, by: user, ...given }) => {
    const { addToService, defaultOptions } = await import("../add/add-to-service.js");
    const values = Object.entries({ ...given, taskType, user }).filter(([, value]) => value !== undefined);
    const options = { ...defaultOptions(name), ...(Object.fromEntries(values) as Record<string, string>) };
    await addToService({ kind, name, options }, dryRun);
  },
});
