import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { markdownTable } from "../../../packages/command-line/src/table";
import { differs, settings, type Setting } from "../../environments/settings";

const code = (text: string | undefined) => (text === undefined ? "–" : `\`${text}\``);
const cell = (text: string) => text.replaceAll("|", "\\|");

/** The settings of a file as a table. */
function table(names: readonly string[], found: readonly Setting[]): string {
  const head = ["setting", ...names, "what it is"];
  const rows = found.map(({ key, values, description }) => [
    code(key),
    ...values.map(code),
    description ?? "",
  ]);
  return markdownTable(
    head.map(cell),
    rows.map((cells) => cells.map(cell)),
  );
}

/** A table for each file, shared by files with equal tables. */
function sections(names: readonly string[], found: readonly Setting[]): string[] {
  const filesOf = new Map<string, string[]>();
  for (const file of new Set(found.map((setting) => setting.file))) {
    const text = table(
      names,
      found.filter((setting) => setting.file === file),
    );
    filesOf.set(text, [...(filesOf.get(text) ?? []), file]);
  }
  return [...filesOf].map(
    ([text, files]) => `### ${files.map(code).join(", ")}\n\n<!-- oxfmt-ignore -->\n${text}`,
  );
}

/** The page of differences between the environments, with protected ones last. */
export function environmentsDocument(environments: readonly EnvironmentConfig[]): string {
  const ordered = [...environments].sort(
    (one, other) =>
      Number(one.core.protected) - Number(other.core.protected) || one.name.localeCompare(other.name),
  );
  const names = ordered.map(({ name }) => name);
  const all = settings(ordered);
  const found = all.filter(differs);
  const guarded = ordered.filter(({ core }) => core.protected).map(({ name }) => name);
  return `${[
    "# Environments",
    `What differs between ${names.join(", ")}. Written by \`npm run cli -- documents\` from their tfvars; \`npm test\` fails when it is stale.`,
    "An environment is a folder in each layer, `deploy/<layer>/environments/<environment>`. Differences are values in its files, and nowhere else: no code depends on an environment's name.",
    `Protected (\`protected = true\`): ${guarded.join(", ") || "none"}. There, a table must have deletion protection and point-in-time recovery, finished tasks are kept at least as long as dead letters, the key must be customer managed, callers must be authorized, CORS origins must use https, and logs are kept at least as long as in each environment that is not protected; otherwise synthesis fails. \`npm run destroy\` refuses it. No two environments share an account or a state (\`deploy/config/rules/across-environments.ts\`).`,
    "## What differs",
    ...sections(names, found),
    `The other ${all.length - found.length} settings are the same everywhere.`,
    "## Compare two",
    "```sh\nnpm run diff:env -- dev prod          # or --json\n```",
    "prints the effect of the values: each attribute of each resource that differs, without names and accounts.",
    "## Add one",
    "```sh\nnpm run new:env -- qa --from stage --account 444455556666\nnpm run cli -- documents                     # the pages that name environments\nnpm run diff:env -- stage qa                # no difference until you change a value\nnpm run bootstrap -- qa --aws\nnpx cdktf deploy '*-qa'\n```",
    "The command copies the files of another environment with a new name and account, keeps comments and layout, loads them together with the others, and writes nothing when a rule rejects them. `--dry-run` only prints them. The only other list of environments is `.github/workflows/deploy.yml`, which defines the order of deployments.",
  ].join("\n\n")}\n`;
}
