import { queueNames } from "@serverless-tasks/functions/service";
import { oneOf, option, string } from "../../packages/command-line/src/arguments";
import {
  deadLetterArguments,
  deadLetterOptions,
  deadLetterResult,
  runDeadLetterCommand,
  validateDeadLetterValues,
} from "../../packages/dead-letters/src/commands";
import { defineCloudCommand } from "../core/cloud-command";

const sources = [...queueNames, "events"] as const;

export default defineCloudCommand({
  group: "Operate",
  description: "Count the dead letters of a queue by reason, show them, move them back, or delete them.",
  details:
    "redrive moves them to their queue once the cause of their failure is fixed. It can be interrupted and repeated: a task has its effect once. Without a filter SQS moves them itself in AWS, by a message move task. Of the queue events, redrive invokes the producer with each event.",
  examples: [
    "dlq dev list",
    "dlq dev redrive --id <task> --payload corrected.json",
    "dlq prod redrive --reason timeout --rate 20 --aws",
    "dlq prod redrive --queue events --aws",
    "dlq prod purge --type report.summary --older-than 1440 --dry-run --aws",
  ],
  arguments: deadLetterArguments,
  options: {
    queue: option(
      "name",
      `The queue (task): ${sources.join(", ")}. events: what did not reach the producer.`,
      oneOf("queues", sources),
    ),
    ...deadLetterOptions,
    token: string("file", "A file with a JWT, where PostgreSQL stores tasks and the API authorizes by JWT."),
  },
  json: deadLetterResult,
  confirms: "in run",
  does: (name, { action, queue = "task" }) => `${action} dead letters of the ${queue} queue of ${name}`,
  validate: validateDeadLetterValues,
  run: (values, { account, confirm }) =>
    runDeadLetterCommand(values, confirm, async () => {
      const { deadLetters } = await import("../operations/dead-letters.js");
      const { taskApi } = await import("../operations/task-api.js");
      return deadLetters(account, values.queue ?? "task", () => taskApi(account, values.token));
    }),
});
