import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { localClientConfig, stateClients } from "../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import * as localCloud from "../../packages/local-cloud/src/local-cloud";
import { ensureStateStorage } from "../bootstrap/state-storage";
import { releaseStaleLocks } from "./stale-locks";
import { mismatchedStates } from "./state-digest";

export interface LocalCloudOptions extends Pick<
  localCloud.LocalCloudOptions,
  "paths" | "port" | "steps" | "signal"
> {
  readonly environment: string;
}

/** An environment's account on an emulator, and the tools to apply its stacks. */
export interface LocalCloud extends localCloud.LocalCloud {
  readonly config: EnvironmentConfig;
}

/**
 * Opens the local cloud of an environment, in the first account that it allows.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud({ environment, ...options }: LocalCloudOptions): Promise<LocalCloud> {
  const config = await loadEnvironment(environment);
  const { region, allowed_account_ids } = config.core;
  const [accountId = ""] = allowed_account_ids;
  const cloud = await localCloud.openLocalCloud({
    ...options,
    accountId,
    region,
    prepareState: (target, report) => prepareState(config, target, report),
  });
  return { ...cloud, config, env: { ...cloud.env, ENVIRONMENT: environment } };
}

/**
 * Opens a local cloud, runs work on it, and closes it.
 * @returns whether the emulator's state is kept for the next start
 * @throws {LocalCloudError}
 */
export const withLocalCloud = async (
  options: LocalCloudOptions,
  work: (cloud: LocalCloud) => Promise<void>,
): Promise<boolean> => localCloud.closeAfter(await openLocalCloud(options), work);

/** @returns false when a state does not match its digest: the emulator has to start empty */
async function prepareState(
  config: EnvironmentConfig,
  target: LocalTarget,
  report: (line: string) => void,
): Promise<boolean> {
  const clients = stateClients(localClientConfig(target));
  const { accountId: account } = target;
  await ensureStateStorage({ config, clients, account, demandTls: false, report: () => undefined });
  const mismatched = await mismatchedStates(config, clients);
  if (mismatched.length > 0) {
    report(
      `the state of ${mismatched.join(", ")} is not what Terraform wrote last: the emulator starts empty`,
    );
    return false;
  }
  await releaseStaleLocks(config, clients, report);
  return true;
}
