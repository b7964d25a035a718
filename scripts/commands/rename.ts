import { flag, word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Adopt",
  description: "Rename the project.",
  details:
    "Changes the project in tfvars, the names of state buckets and lock tables, the names of the npm packages with their imports and the lockfile, the title of the README and of the API, names of resources in docs/, and the generated documents. Resources that are deployed are not renamed: destroy them before. It calls no cloud.",
  examples: ["rename orders", "rename orders --dry-run"],
  arguments: { name: word("The new name: 3 to 20 of a-z, 0-9 and -, a letter first.") },
  options: {
    force: flag("Also with changes that are not committed."),
    "dry-run": flag("Only print the lines that would change."),
  },
  run: async ({ name, force, "dry-run": isDryRun }) => {
    const { rename } = await import("../environments/rename.js");
    await rename(name, { isForced: force, isDryRun });
  },
});
