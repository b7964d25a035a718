import { argument, oneOf } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Build",
  description: "Remove the example task types and their schedules.",
  details:
    "Deletes functions/worker/handlers/examples, its line in handlers/index.ts, and the schedules of tfvars that use them. The task type echo stays: npm start checks the service with it.",
  examples: ["examples remove"],
  arguments: { action: argument("remove.", oneOf("actions", ["remove"])) },
  run: async () => {
    const { removeExamples } = await import("../add/remove-examples.js");
    await removeExamples();
  },
});
