import { environment, flag, optional, port } from "../core/arguments";
import { defineCommand } from "../core/define-command";

export default defineCommand({
  group: "Local cloud",
  description:
    "Run the service on this machine as start does, and update a function within a second of a save.",
  alias: "npm run dev",
  arguments: { environment: optional(environment("The environment (dev).")) },
  options: { port: port(), once: flag("Stop when the API has responded.") },
  run: async (values) => {
    const { developLocally } = await import("../local/develop-locally.js");
    const { serveOptions } = await import("../operations/serve-options.js");
    await developLocally(serveOptions(values));
  },
});
