import { flag, optional } from "../../packages/command-line/src/arguments";
import { environment, jsonLogs, port } from "../core/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Local cloud",
  description:
    "Run the service on this machine as start does, and update a function within a second of a save.",
  alias: "npm run dev",
  arguments: { environment: optional(environment("The environment (dev).")) },
  options: { port: port(), once: flag("Stop when the API has responded."), json: jsonLogs() },
  run: async (values) => {
    const { developLocally } = await import("../local/develop-locally.js");
    const { serveOptions } = await import("../operations/serve-options.js");
    await developLocally(serveOptions(values));
  },
});
