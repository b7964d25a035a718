import { checkNames, checks } from "../checks/checks";
import { oneOf, rest, string } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Verify",
  description: "Run the checks that are not tests, or only the named ones.",
  details: checkNames.map((name) => `- ${name}: ${checks[name].what}`).join("\n"),
  examples: ["check", "check format lint", "check api --since main"],
  arguments: { check: rest("Names of checks.", oneOf("checks", checkNames)) },
  options: { since: string("revision", "For api: the git revision whose clients must not break (HEAD).") },
  run: async ({ check: names, since }) => {
    const { runCheck } = await import("../checks/checks.js");
    for (const name of names.length > 0 ? names : checkNames) await runCheck(name, { since });
  },
});
