import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  displayPath,
  environmentNames,
  layers,
  tfvarsPath,
  type Layer,
  type TfvarsFile,
} from "../../deploy/shared/environments";
import { assertAcrossEnvironments } from "../../deploy/shared/invariants";
import { loadEnvironment, type EnvironmentConfig } from "../../deploy/shared/load-config";
import { accountTaken, environmentExists, unusableName } from "./errors";

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
interface NewFile {
  readonly layer: Layer;
  readonly file: TfvarsFile;
  readonly path: string;
  readonly text: string;
}

/**
 * The files that make an environment: those of another one, under its own name and in its own account.
 * @throws {LocalCloudError | ConfigurationError} when there can be no such environment
 */
export async function newEnvironmentFiles({
  name,
  from,
  accountId,
  root,
}: NewEnvironment): Promise<NewFile[]> {
  if (!/^[a-z][a-z0-9]{1,9}$/.test(name)) throw unusableName(name);
  const known = environmentNames(root);
  if (known.includes(name)) throw environmentExists(name);
  const environments = await Promise.all(known.map((each) => loadEnvironment(each, root)));
  const account = accountId ?? freePlaceholder(environments);
  const holder = environments.find(({ core }) => core.allowed_account_ids.includes(account));
  if (holder !== undefined) throw accountTaken(account, holder.name);
  const [source] = environments.filter((each) => each.name === from);
  const [oldAccount = ""] = source?.core.allowed_account_ids ?? [];
  const renamed = (text: string) =>
    text
      .replaceAll(`-${from}-`, `-${name}-`)
      .replaceAll(`your ${from} account`, `your ${name} account`)
      .replaceAll(oldAccount, account);
  return layers.flatMap((layer) =>
    (["terraform", "backend"] as const).map((file) => ({
      layer,
      file,
      path: tfvarsPath(layer, name, file, root),
      text: renamed(readFileSync(tfvarsPath(layer, from, file, root), "utf8")),
    })),
  );
}

/**
 * Writes them, and sees that they make an environment that can stand beside the others; if not, leaves nothing.
 * @returns the files, as a person would write their paths
 */
export async function addEnvironment(wanted: NewEnvironment): Promise<string[]> {
  const { name, root } = wanted;
  const files = await newEnvironmentFiles(wanted);
  const folders = new Set(files.map(({ path }) => dirname(path)));
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const { path, text } of files) writeFileSync(path, text);
    const names = [...environmentNames(root).filter((each) => each !== name), name];
    assertAcrossEnvironments(await Promise.all(names.map((each) => loadEnvironment(each, root))));
  } catch (error) {
    for (const folder of folders) if (existsSync(folder)) rmSync(folder, { recursive: true });
    throw error;
  }
  return files.map(({ path }) => displayPath(path, root));
}

/** An id of one digit, as the shipped environments have it: nobody's real account looks like that. */
function freePlaceholder(environments: readonly EnvironmentConfig[]): string {
  const taken = new Set(environments.flatMap(({ core }) => core.allowed_account_ids));
  const ids = Array.from({ length: 9 }, (_, digit) => String(digit + 1).repeat(12));
  return ids.find((id) => !taken.has(id)) ?? "000000000000";
}
