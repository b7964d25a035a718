import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import {
  inherited,
  isLoopback,
  localVariables,
  type LocalTarget,
} from "../../packages/local-cloud/src/child-environment";
import { localHome } from "../../packages/local-cloud/src/home";
import { lockHolder } from "../../packages/local-cloud/src/home-lock";
import { confirm } from "../../packages/command-line/src/confirm";
import { localCloudSilent, noLocalCloud } from "./errors";

export interface TargetOptions {
  readonly environment: string;
  /** The account that tfvars allow, instead of the local cloud. */
  readonly aws: boolean;
  /** Do not ask. */
  readonly yes: boolean;
  /** What the command does, for the line that says where. */
  readonly does: string;
  readonly print?: (line: string) => void;
}

/** The account that a command works on. */
export interface Target {
  readonly account: EnvironmentAccount;
  /**
   * Asks the user before AWS is changed; does nothing at an emulator or after `--yes`.
   * @throws {UsageError | CommandError} when it is not confirmed
   */
  readonly confirm: (question: string) => Promise<void>;
}

/**
 * Finds the account that a command is about to use, and prints which one it is.
 * @throws {CommandError} when no local cloud is running, or the credentials are of another account
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { environment, aws, yes, does, print = console.log } = options;
  if (!aws) await useLocalCloud(environment);
  // Imported here, so that a command without a local cloud fails before the AWS SDK is loaded.
  const { environmentAccount } = await import("../bootstrap/environment-account.js");
  const account = await environmentAccount(environment);
  print(`Account ${account.account} at ${account.endpoint}, region ${account.config.core.region}: ${does}.`);
  // An endpoint that is not on this machine may be AWS by another name.
  const isAws = account.isAws || !isLoopback(account.endpoint);
  return { account, confirm: async (question) => (isAws && !yes ? confirm(question) : undefined) };
}

/** Variables that a command may read besides those of the local cloud's children. None of them names an account. */
const alsoKept = /^(LOCAL_CLOUD|GITHUB|PIP)_/;

/** The environment of a command whose target is the local cloud, and of everything that it starts. */
export const localEnvironment = (target: LocalTarget, from: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(from).filter(([name]) => alsoKept.test(name))),
  ...inherited(from),
  ...localVariables(target),
});

/** Points this process, and everything that it starts, at the local cloud: AWS is out of reach from then on. */
async function useLocalCloud(environment: string): Promise<void> {
  const { region, allowed_account_ids } = (await loadEnvironment(environment)).core;
  const home = localHome();
  const endpoint = lockHolder(home)?.endpoint;
  if (endpoint === undefined) throw noLocalCloud(home.folder);
  const [accountId = ""] = allowed_account_ids;
  const variables = localEnvironment({ endpoint, accountId, region }, process.env);
  for (const name of Object.keys(process.env))
    if (!(name in variables)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
  const health = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
  if (health?.ok !== true) throw localCloudSilent(endpoint);
}
