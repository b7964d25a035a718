import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { standbyConfig } from "../../deploy/config/standby-config";
import { partitionOf } from "../../deploy/shared/aws-partition";
import { namePrefix } from "../../deploy/shared/naming";
import {
  stateClients,
  type ClientConfig,
  type StateClients,
} from "../../packages/local-cloud/src/aws-clients";
import * as backend from "../../packages/terraform-backend/src/storage/state-storage";
import type { Target } from "../core/target";
import { concurrencyShortage } from "../preflight/lambda-concurrency";

/** The files that configure the backends, for messages. */
export const backendFiles = "deploy/*/environments/*/backend.tfvars";

/** The owner of an environment's state buckets, and the pipeline roles that must not delete state versions. */
export function bucketOwner(config: EnvironmentConfig, account: string, demandTls: boolean) {
  const partition = partitionOf(config.core.region);
  const pipelines = ["deploy", "plan"].map(
    (role) => `arn:${partition}:iam::${account}:role/${namePrefix(config)}-${role}`,
  );
  return { account, partition, pipelines, demandTls };
}

export interface StateStorageOptions {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  /** What the clients were created from. */
  readonly client: ClientConfig;
  /** The id of the clients' account. */
  readonly account: string;
  readonly demandTls: boolean;
  readonly report: (line: string) => void;
}

/**
 * Creates or corrects the buckets and tables that hold the environment's Terraform states and locks.
 * @param change false only reports what would be done
 */
export async function ensureStateStorage(options: StateStorageOptions, change = true) {
  const { config, clients, client, account, demandTls, report } = options;
  const owner = bucketOwner(config, account, demandTls);
  const ensure = (clients: StateClients, { backends }: EnvironmentConfig) =>
    backend.ensureStateStorage(
      { ...owner, backends: Object.values(backends), clients, report, configuredIn: backendFiles },
      change,
    );
  const storage = await ensure(clients, config);
  const standby = standbyConfig(config);
  // The states of the second region are in that region.
  if (standby !== undefined) await ensure(stateClients({ ...client, region: standby.core.region }), standby);
  return storage;
}

/** Creates or corrects the storage of an environment's state, and prints the changes. */
export async function bootstrap({ account, confirm }: Target, dryRun: boolean) {
  if (!dryRun) await confirm(`Create or change this storage in account ${account.account}?`);
  const report = (line: string) => {
    console.log(`  ${line}`);
  };
  const storage = await ensureStateStorage({ ...account, report }, !dryRun);
  const shortage = await concurrencyShortage(account);
  if (shortage !== undefined) console.warn(`\nBefore the app layer is deployed:\n${shortage.message}`);
  return storage;
}
