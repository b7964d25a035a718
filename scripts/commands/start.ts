import { environment, flag, optional, port } from "../core/arguments";
import { defineCommand } from "../core/define-command";

export default defineCommand({
  group: "Local cloud",
  description:
    "Run the service on this machine: an AWS emulator, and the three layers that Terraform applies onto it.",
  details:
    "Follows the functions' logs. Ctrl-C stops it; its state is kept in .local/ for the next start. One process uses that folder at a time.",
  alias: "npm start",
  arguments: { environment: optional(environment("The environment (dev).")) },
  options: { port: port(), once: flag("Stop when the API has responded, instead of following the logs.") },
  run: async (values) => {
    const { serveLocally } = await import("../local/serve-locally.js");
    const { serveOptions } = await import("../operations/serve-options.js");
    await serveLocally(serveOptions(values));
  },
});
