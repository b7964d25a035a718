import { standbyConfig } from "../../deploy/config/standby-config";
import { stateClients } from "../../packages/local-cloud/src/aws-clients";
import { userError } from "../core/errors";
import type { EnvironmentAccount } from "./environment-account";

/** The account of an environment with the clients of its second region; undefined without one. */
export function standbyAccount(account: EnvironmentAccount): EnvironmentAccount | undefined {
  const config = standbyConfig(account.config);
  if (config === undefined) return undefined;
  const client = { ...account.client, region: config.core.region };
  return { ...account, config, client, clients: stateClients(client) };
}

/** The account of an environment once for each of its regions, the first region first. */
export const accountsByRegion = (account: EnvironmentAccount): readonly EnvironmentAccount[] =>
  [account, standbyAccount(account)].filter((each) => each !== undefined);

/** @throws {CommandError} when the environment has no second region */
export function secondRegionOf(account: EnvironmentAccount): EnvironmentAccount {
  const standby = standbyAccount(account);
  if (standby !== undefined) return standby;
  throw userError(
    `${account.config.name} has no second region.`,
    `recovery in deploy/10_core/environments/${account.config.name}/terraform.tfvars`,
    "set it and deploy both regions: docs/operations/recovery.md",
  );
}
