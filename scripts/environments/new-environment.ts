import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { displayPath, environmentNames, tfvarsPath, type TfvarsFile } from "../../deploy/config/environments";
import { layers } from "../../deploy/shared/layers";
import { withSettings } from "../../packages/hcl-edit/src/setting";
import { assertAcrossEnvironments } from "../../deploy/config/rules/across-environments";
import { isEnvironmentName, longestPrefix } from "../../deploy/shared/naming";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { accountInUse, environmentExists, unknownSource, invalidName } from "./errors";

export interface NewEnvironment {
  readonly name: string;
  /** The environment whose values are copied. */
  readonly from: string;
  /** 12 digits; a placeholder unless given. */
  readonly accountId: string | undefined;
  /** The `deploy` folder, other than this one in tests. */
  readonly root?: string;
}

/** A tfvars file of the new environment. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new environment: copies of another one's, with its own name and account.
 * @throws {CommandError | ConfigurationError} when the name, source or account is invalid
 */
async function newEnvironmentFiles({ name, from, accountId, root }: NewEnvironment): Promise<NewFile[]> {
  const known = environmentNames(root);
  const folders = layers.map((layer) => dirname(tfvarsPath(layer, name, "terraform", root)));
  // Checked per layer: files that were created by hand are neither overwritten nor removed.
  if (folders.some((folder) => existsSync(folder))) throw environmentExists(name);
  if (!known.includes(from)) throw unknownSource(from, known);
  const environments = await Promise.all(known.map((each) => loadEnvironment(each, root)));
  const account = accountId ?? freePlaceholder(environments);
  const holder = environments.find(({ core }) => core.allowed_account_ids.includes(account));
  if (holder !== undefined) throw accountInUse(account, holder.name);
  const source = environments.find((each) => each.name === from);
  const project = source?.core.project ?? "";
  if (!isEnvironmentName(name, project)) throw invalidName(name, longestPrefix - project.length - 1);
  const [oldAccount = ""] = source?.core.allowed_account_ids ?? [];
  // Only backend.tfvars has names that contain the environment's; elsewhere it may be part of the project's name.
  const names: Record<TfvarsFile, readonly [string, string]> = {
    terraform: [`your ${from} account`, `your ${name} account`],
    backend: [`-${from}-`, `-${name}-`],
  };
  return layers.flatMap((layer) =>
    (["terraform", "backend"] as const).map((file) => {
      const copied = readFileSync(tfvarsPath(layer, from, file, root), "utf8");
      const text = layer === "infra" && file === "terraform" ? withoutDomain(copied) : copied;
      return {
        path: tfvarsPath(layer, name, file, root),
        text: text.replaceAll(...names[file]).replaceAll(oldAccount, account),
      };
    }),
  );
}

/** A domain is one environment's, and the edge needs one. */
const withoutDomain = (tfvars: string) => withSettings(tfvars, { domain: undefined, edge: undefined });

/**
 * Writes the files, and validates the new environment with all others. Removes them if that fails.
 * @returns the written files
 */
export async function addEnvironment(wanted: NewEnvironment): Promise<NewFile[]> {
  const { root } = wanted;
  const files = await newEnvironmentFiles(wanted);
  const folders = new Set(files.map(({ path }) => dirname(path)));
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const { path, text } of files) writeFileSync(path, text);
    const all = await Promise.all(environmentNames(root).map((each) => loadEnvironment(each, root)));
    assertAcrossEnvironments(all);
  } catch (error) {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return files;
}

/** The lines that still name the source environment, to be reviewed: `<file>:<line>: <content>`. */
export const linesNaming = (from: string, files: readonly NewFile[], root?: string): string[] =>
  files.flatMap(({ path, text }) =>
    [...text.split("\n").entries()]
      .filter(([, line]) => new RegExp(`\\b${from}\\b`).test(line))
      .map(([index, line]) => `${displayPath(path, root)}:${index + 1}: ${line.trim()}`),
  );

/** An id of one repeated digit, as in the shipped environments: no real account has such an id. */
function freePlaceholder(environments: readonly EnvironmentConfig[]): string {
  const taken = new Set(environments.flatMap(({ core }) => core.allowed_account_ids));
  const ids = Array.from({ length: 9 }, (_, digit) => String(digit + 1).repeat(12));
  return ids.find((id) => !taken.has(id)) ?? "000000000000";
}

/** Writes the files of a new environment, or only prints them, and prints the next commands. */
export async function createEnvironment(wanted: NewEnvironment, dryRun: boolean): Promise<void> {
  const { name, from, accountId } = wanted;
  if (dryRun) {
    const files = await newEnvironmentFiles(wanted);
    for (const { path, text } of files) console.log(`── ${displayPath(path)}\n${text}`);
    return;
  }
  const files = await addEnvironment(wanted);
  for (const { path } of files) console.log(`  wrote ${displayPath(path)}`);
  const left = linesNaming(from, files);
  if (left.length > 0) console.log(`\nStill of ${from}, for you to change:\n  ${left.join("\n  ")}`);
  console.log(`
Next: read them${accountId === undefined ? ", set allowed_account_ids and the buckets' names to your account's" : ""}, then
  npm run cli -- documents
  npm run diff:env -- ${from} ${name}
  npm run bootstrap -- ${name} --aws
  npx cdktf deploy '*-${name}'
and say in .github/workflows/deploy.yml after which environment it is deployed.`);
}
