import { taskFunctions } from "@serverless-tasks/functions/service";
import { flag, oneOf, option, optional } from "../../packages/command-line/src/arguments";
import { environment, jsonLogs, port } from "../core/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Local cloud",
  description:
    "Run the service on this machine as start does, and update a function within a second of a save.",
  details:
    "A function whose new code does not compile or load keeps its code. Prints type errors, and what only a restart applies, such as a new secret or tfvars. With --inspect it prints the address that an editor attaches to (.vscode/launch.json); the function's timeout is 15 minutes until Ctrl-C.",
  examples: ["dev", "dev --inspect worker"],
  alias: "npm run dev",
  arguments: { environment: optional(environment("The environment (dev).")) },
  options: {
    port: port(),
    once: flag("Stop when the API has responded."),
    json: jsonLogs(),
    inspect: option(
      "function",
      `Run a function under Node's inspector, for breakpoints: ${taskFunctions.join(", ")}.`,
      oneOf("functions", taskFunctions),
    ),
  },
  run: async (values) => {
    const { developLocally } = await import("../local/develop-locally.js");
    const { serveOptions } = await import("../operations/serve-options.js");
    await developLocally({ ...serveOptions(values), inspect: values.inspect });
  },
});
