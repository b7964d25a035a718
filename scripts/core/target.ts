import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import {
  inherited,
  isLoopback,
  localVariables,
  type LocalTarget,
} from "../../packages/local-cloud/src/child-environment";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { lockHolder } from "../../packages/local-cloud/src/local-cloud-lock";
import { confirm } from "../../packages/command-line/src/confirm";
import { readChosenStore, storeVariables } from "../local/chosen-store";
import { localCloudSilent, noLocalCloud } from "./errors";

export interface TargetOptions {
  readonly environment: string;
  /** Use the account that tfvars allow instead of the local cloud. */
  readonly aws: boolean;
  /** Do not prompt. */
  readonly yes: boolean;
  /** What the command does, for the line that names the account. */
  readonly does: string;
}

/** The account that a command uses. */
export interface Target {
  readonly account: EnvironmentAccount;
  /** Whether `--yes` was given. */
  readonly yes: boolean;
  /**
   * Prompts before AWS is changed; does nothing on an emulator or with `--yes`.
   * @throws {UsageError | CommandError} when it is not confirmed
   */
  readonly confirm: (question: string) => Promise<void>;
}

/**
 * Finds the account that a command is about to use, and prints which one it is.
 * @throws {CommandError} when no local cloud is running, or the credentials belong to another account
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { environment, aws, yes, does } = options;
  if (!aws) await useLocalCloud(environment);
  // Imported here, so that a command without a local cloud fails before the AWS SDK is loaded.
  const { environmentAccount } = await import("../bootstrap/environment-account.js");
  const account = await environmentAccount(environment);
  console.log(
    `Account ${account.account} at ${account.endpoint}, region ${account.config.core.region}: ${does}.`,
  );
  // A remote endpoint may be a proxy of AWS.
  const isAws = account.isAws || !isLoopback(account.endpoint);
  return { account, yes, confirm: async (question) => (isAws && !yes ? confirm(question) : undefined) };
}

/** Variables that commands read in addition to those of `inherited`. None of them names an account. */
const alsoKept = /^(LOCAL_CLOUD|GITHUB|PIP)_/;

/** The environment of a command that uses the local cloud, and of its child processes. */
export const localEnvironment = (target: LocalTarget, from: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(from).filter(([name]) => alsoKept.test(name))),
  ...inherited(from),
  ...localVariables(target),
});

/** Replaces the environment of this process, so that neither it nor its child processes can reach AWS. */
async function useLocalCloud(environment: string): Promise<void> {
  const { region, allowed_account_ids } = (await loadEnvironment(environment)).core;
  const paths = localPaths();
  const endpoint = lockHolder(paths)?.endpoint;
  if (endpoint === undefined) throw noLocalCloud(paths.folder);
  const [accountId = ""] = allowed_account_ids;
  const variables = localEnvironment({ endpoint, accountId, region }, process.env);
  for (const name of Object.keys(process.env))
    if (!(name in variables)) Reflect.deleteProperty(process.env, name);
  const store = readChosenStore(paths, environment);
  Object.assign(process.env, variables, storeVariables(store, Number(new URL(endpoint).port)));
  const health = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
  if (health?.ok !== true) throw localCloudSilent(endpoint);
}
