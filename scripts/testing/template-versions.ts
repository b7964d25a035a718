import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readManifest } from "../../packages/npm-workspaces/src/workspaces";
import { templateFile, templateVersion } from "../../packages/template-upgrade/src/template-upgrade";

export const nextVersion = "999.0.0";
/** A line of this file is changed by the next version, and by teams. */
export const conflictingFile = "functions/settings.ts";

/**
 * A template with the version of a repository's last commit, and a next one: a new package, a correction, and a line that
 * teams change as well.
 * @returns the folder of the template
 */
export function templateOf(repository: string): string {
  const template = mkdtempSync(join(tmpdir(), "template-"));
  const git = (...parameters: string[]) =>
    execFileSync("git", [
      ...["-C", template, "-c", "user.name=template", "-c", "user.email=template@example.com"],
      ...parameters,
    ]);
  const edit = (path: string, change: (content: string) => string) => {
    const file = join(template, path);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  git("clone", "--quiet", repository, ".");
  git("tag", `v${templateVersion(template)}`);

  const scope = readManifest(template).name;
  const added = join(template, "packages/newer/index.ts");
  mkdirSync(dirname(added), { recursive: true });
  writeFileSync(added, `import "@${scope}/functions/service";\n`);
  edit("functions/shared/tasks/task.ts", (content) => `${content}\n// A correction.\n`);
  edit(conflictingFile, (content) => `// The template's first line.\n${content}`);
  edit(templateFile, (content) => content.replace(templateVersion(template), nextVersion));
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message", nextVersion);
  git("tag", `v${nextVersion}`);
  return template;
}
