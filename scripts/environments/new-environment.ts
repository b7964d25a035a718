import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { displayPath, environmentNames, tfvarsPath, type TfvarsFile } from "../../deploy/config/environments";
import { layers } from "../../deploy/shared/layers";
import { assertAcrossEnvironments } from "../../deploy/config/rules/across-environments";
import { isEnvironmentName, longestPrefix } from "../../deploy/shared/naming";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { accountTaken, environmentExists, nothingToBeginWith, unusableName } from "./errors";

export interface NewEnvironment {
  readonly name: string;
  /** The environment whose values it begins with. */
  readonly from: string;
  /** 12 digits; left out, an id to be replaced. */
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
 * The files that make an environment: those of another one, under its own name and in its own account.
 * @throws {CommandError | ConfigurationError} when there can be no such environment
 */
export async function newEnvironmentFiles({
  name,
  from,
  accountId,
  root,
}: NewEnvironment): Promise<NewFile[]> {
  const known = environmentNames(root);
  const folders = layers.map((layer) => dirname(tfvarsPath(layer, name, "terraform", root)));
  // One layer's folder may be what somebody has begun by hand: it is neither written over nor cleared away.
  if (folders.some((folder) => existsSync(folder))) throw environmentExists(name);
  if (!known.includes(from)) throw nothingToBeginWith(from, known);
  const environments = await Promise.all(known.map((each) => loadEnvironment(each, root)));
  const account = accountId ?? freePlaceholder(environments);
  const holder = environments.find(({ core }) => core.allowed_account_ids.includes(account));
  if (holder !== undefined) throw accountTaken(account, holder.name);
  const source = environments.find((each) => each.name === from);
  const project = source?.core.project ?? "";
  if (!isEnvironmentName(name, project)) throw unusableName(name, longestPrefix - project.length - 1);
  const [oldAccount = ""] = source?.core.allowed_account_ids ?? [];
  // The name is part of other names in backend.tfvars alone: elsewhere, a project may be called so.
  const names: Record<TfvarsFile, readonly [string, string]> = {
    terraform: [`your ${from} account`, `your ${name} account`],
    backend: [`-${from}-`, `-${name}-`],
  };
  return layers.flatMap((layer) =>
    (["terraform", "backend"] as const).map((file) => {
      const text = readFileSync(tfvarsPath(layer, from, file, root), "utf8");
      return {
        path: tfvarsPath(layer, name, file, root),
        text: text.replaceAll(...names[file]).replaceAll(oldAccount, account),
      };
    }),
  );
}

/**
 * Writes them, and sees that they make an environment that can stand beside the others; if not, leaves nothing.
 * @returns the files that were written
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

/** Lines that a person must look at, since they still name the other environment: `<file>:<line>: <text>`. */
export const stillNaming = (from: string, files: readonly NewFile[], root?: string): string[] =>
  files.flatMap(({ path, text }) =>
    [...text.split("\n").entries()]
      .filter(([, line]) => new RegExp(`\\b${from}\\b`).test(line))
      .map(([index, line]) => `${displayPath(path, root)}:${index + 1}: ${line.trim()}`),
  );

/** An id of one digit, as the shipped environments have it: nobody's real account looks like that. */
function freePlaceholder(environments: readonly EnvironmentConfig[]): string {
  const taken = new Set(environments.flatMap(({ core }) => core.allowed_account_ids));
  const ids = Array.from({ length: 9 }, (_, digit) => String(digit + 1).repeat(12));
  return ids.find((id) => !taken.has(id)) ?? "000000000000";
}

/** Writes the files of a new environment, or only prints them, and what to do next. */
export async function createEnvironment(wanted: NewEnvironment, dryRun: boolean): Promise<void> {
  const { name, from, accountId } = wanted;
  if (dryRun) {
    const files = await newEnvironmentFiles(wanted);
    for (const { path, text } of files) console.log(`── ${displayPath(path)}\n${text}`);
    return;
  }
  const files = await addEnvironment(wanted);
  for (const { path } of files) console.log(`  wrote ${displayPath(path)}`);
  const left = stillNaming(from, files);
  if (left.length > 0) console.log(`\nStill of ${from}, for you to change:\n  ${left.join("\n  ")}`);
  console.log(`
Next: read them${accountId === undefined ? ", set allowed_account_ids and the buckets' names to your account's" : ""}, then
  npm run cli -- documents
  npm run diff:env -- ${from} ${name}
  npm run bootstrap -- ${name} --aws
  npx cdktf deploy '*-${name}'
and say in .github/workflows/deploy.yml after which environment it is deployed.`);
}
