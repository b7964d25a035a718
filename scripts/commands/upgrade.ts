import { flag, string, word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Adopt",
  description: "Merge a later version of the template into this repository.",
  details:
    "A three-way merge with the version in template.json as its base; the histories need not be related, and the name of the project is yours in both. Lists conflicts, which stay in the files with git's markers. Needs git 2.38 or later. It calls no cloud.",
  examples: ["upgrade https://github.com/<owner>/<template>.git --dry-run"],
  arguments: { template: word("The URL or the path of the template's git repository.") },
  options: {
    to: string("version", "The new version; the latest unless given."),
    "dry-run": flag("Only list the files that would change, and the conflicts."),
  },
  json: "both versions, the changed files and the conflicts",
  run: async ({ template, to, "dry-run": isDryRun }) => {
    const { TemplateUpgrade } = await import("../../packages/template-upgrade/src/template-upgrade.js");
    const { root } = await import("../build/paths.js");
    const { inOwnName } = await import("../environments/own-name.js");
    const upgrade = new TemplateUpgrade(root, template, { to, adapt: inOwnName(root) });
    if (!isDryRun) upgrade.apply();
    const { from, to: version, changed, conflicts } = upgrade;
    for (const path of changed)
      console.log(`  ${conflicts.includes(path) ? "conflict" : "changed "}  ${path}`);
    console.log(`${from} → ${version}: ${changed.length} files, ${conflicts.length} conflicts.`);
    return { from, to: version, changed, conflicts };
  },
});
