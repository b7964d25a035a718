import { flag, integer, option, string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Serve a page on this machine with tasks, dead letters, schedules, logs and deployments.",
  details:
    "Prints a link with a random token; the server listens on loopback only, until Ctrl-C. In AWS it uses your own credentials, and refuses changes unless --write is given. Changes are logged in .local/console, and in AWS by CloudTrail too. npm start serves the page of the local cloud.",
  examples: ["console dev", "console prod --aws", "console prod --aws --write"],
  options: {
    write: flag("Allow changes in AWS; in the local cloud they always are."),
    port: option("port", "Port of the page (a free one).", integer("a port", 1, 65_535)),
    token: string("file", "A file with a JWT, where the API authorizes by JWT."),
  },
  json: "the link",
  confirms: "never",
  does: (name, { write }) => `serve the console of ${name}${write ? ", with changes" : ""}`,
  run: async (values, { account }) => {
    const { serveConsole } = await import("../console/serve-console.js");
    return serveConsole(account, values);
  },
});
