import { environmentNames } from "../../deploy/config/environments";
import { coreConfig } from "../../deploy/config/schemas/core";
import { settingOf, withSettings } from "../../packages/hcl-edit/src/setting";
import { renamed } from "../../packages/npm-workspaces/src/renamed";
import {
  repositoryContents,
  uncommittedChanges,
  type Contents,
} from "../../packages/npm-workspaces/src/repository";
import { linkWorkspaces, readManifest } from "../../packages/npm-workspaces/src/workspaces";
import { root } from "../build/paths";
import { wrongUsage } from "../core/errors";
import { runTool } from "../../packages/step-runner/src/run-tool";
import { applyEdits, editedTfvars, readTfvarsFile, type Tfvars } from "./edit-tfvars";
import { uncommitted } from "./errors";

interface RenameOptions {
  /** Also with changes that are not committed. */
  readonly isForced: boolean;
  readonly isDryRun: boolean;
}

/** Renames the project in tfvars, and the repository's packages, and brings the generated documents up to date. */
export async function rename(name: string, { isForced, isDryRun }: RenameOptions): Promise<void> {
  const { error } = coreConfig.shape.project.safeParse(name);
  if (error !== undefined)
    throw wrongUsage(`Expected ${error.issues[0]?.message ?? "a name"}, found "${name}".`);
  const changes = isForced || isDryRun ? [] : uncommittedChanges(root);
  if (changes.length > 0) throw uncommitted(changes);
  const { name: former } = readManifest(root);
  const tfvars = await editedTfvars(environmentNames(), (file) => renamedTfvars(file, name));
  const contents = repositoryContents(root);
  const edited = new Map([...renamedPages(contents, name), ...renamed(contents, former, name), ...tfvars]);
  applyEdits(edited, isDryRun);
  if (isDryRun || edited.size === 0) return;
  linkWorkspaces(root, former);
  // The length of a name may decide where a line breaks.
  const paths = [...edited.keys()].filter((path) => !path.endsWith("package-lock.json"));
  runTool(root, "oxfmt", "oxfmt", ["--no-error-on-unmatched-pattern", ...paths]);
  runTool(root, "Writing the documents", "tsx", ["scripts/cli.ts", "documents"]);
  console.log(`\nThe project is ${name}. Next: npm ci, then npm test.`);
}

/** Pages with commands that name resources, such as `orders-prod-worker`. */
function renamedPages(contents: Contents, name: string): Contents {
  const environments = environmentNames();
  const projects = new Set(environments.map(formerProject));
  const prefix = new RegExp(`\\b(${[...projects].join("|")})-(?=(${environments.join("|")})\\b)`, "g");
  const pages = [...contents].filter(([path]) => /^docs\/.*\.md$/.test(path));
  return new Map(
    pages.flatMap(([path, text]) => {
      const renamedText = text.replaceAll(prefix, `${name}-`);
      return renamedText === text ? [] : [[path, renamedText] as const];
    }),
  );
}

const formerProject = (environment: string) =>
  settingOf(readTfvarsFile("core", environment, "terraform"), "project")?.replaceAll('"', "") ?? "";

/** The project, and the names of bucket and table that start with the former project's. */
function renamedTfvars({ layer, environment, file, content }: Tfvars, name: string): string {
  if (file === "terraform")
    return layer === "core" ? withSettings(content, { project: JSON.stringify(name) }) : content;
  const former = formerProject(environment);
  const names = ["bucket", "dynamodb_table"].map((setting) => {
    const value = settingOf(content, setting);
    return [setting, value?.startsWith(`"${former}-`) ? value.replace(former, name) : value];
  });
  return withSettings(content, Object.fromEntries(names) as Record<string, string | undefined>);
}
