import { defineCommand } from "../../packages/command-line/src/define-command";
import { environment } from "../core/arguments";

export default defineCommand({
  group: "Documents and estimates",
  description: "Take the pictures of the console in docs/console, of the local cloud.",
  details:
    "Creates tasks in the local cloud, which npm start runs, and needs Chromium. Each picture has the version of the page; a test compares it.",
  arguments: { environment: environment() },
  run: async ({ environment: name }) => {
    const { openTarget } = await import("../core/target.js");
    const { takeScreenshots } = await import("../documents/screenshots/take.js");
    const { account } = await openTarget({
      ...{ environment: name, aws: false, yes: true, does: "take pictures of the console" },
    });
    await takeScreenshots(account);
  },
});
