import { storeKinds } from "../../deploy/emulator/local-store";
import { flag, oneOf, option, optional } from "../../packages/command-line/src/arguments";
import { environment, jsonLogs, port } from "../core/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Local cloud",
  description:
    "Run the service on this machine: an AWS emulator, and the three layers that Terraform applies onto it.",
  details:
    "Follows the functions' logs, without Lambda's lines START, END and REPORT; in colour on a terminal unless NO_COLOR is set. Ctrl-C stops it; its state is kept in .local/ for the next start. One process uses that folder at a time. After a failed start the emulator keeps running for a look, until Ctrl-C.",
  alias: "npm start",
  arguments: { environment: optional(environment("The environment (dev).")) },
  options: {
    port: port(),
    store: option(
      "store",
      `Where tasks are stored, whatever tfvars have: ${storeKinds.join(", ")}. PostgreSQL is a real server, installed from PyPI, on the emulator's port + 1.`,
      oneOf("stores", storeKinds),
    ),
    once: flag("Stop when the API has responded, instead of following the logs."),
    json: jsonLogs(),
  },
  run: async (values) => {
    const { serveLocally } = await import("../local/serve-locally.js");
    const { serveOptions } = await import("../operations/serve-options.js");
    await serveLocally(serveOptions(values));
  },
});
