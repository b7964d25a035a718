import { join } from "node:path";
import { database } from "../../deploy/20_infra/store/database-names";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { hasPostgres } from "../../deploy/config/task-store";
import { withStore, type StoreKind } from "../../deploy/emulator/local-store";
import { localClientConfig, stateClients } from "../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import { startPostgres } from "../../packages/local-databases/src/postgres";
import * as localCloud from "../../packages/local-cloud/src/local-cloud";
import { ensureStateStorage } from "../bootstrap/state-storage";
import { databasePort, storeVariables, writeChosenStore } from "./chosen-store";
import { releaseStaleLocks } from "./stale-locks";
import { mismatchedStates } from "./state-digest";

export interface LocalCloudOptions extends Pick<
  localCloud.LocalCloudOptions,
  "paths" | "port" | "steps" | "signal"
> {
  readonly environment: string;
  /** Where tasks are stored; undefined when tfvars decide. */
  readonly store?: StoreKind | undefined;
}

/** An environment's account on an emulator, and the tools to apply its stacks. */
export interface LocalCloud extends localCloud.LocalCloud {
  readonly config: EnvironmentConfig;
}

/**
 * Opens the local cloud of an environment, in the first account that it allows.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud({
  environment,
  store,
  ...options
}: LocalCloudOptions): Promise<LocalCloud> {
  const config = withStore(await loadEnvironment(environment), store);
  const { region, allowed_account_ids } = config.core;
  const [accountId = ""] = allowed_account_ids;
  const cloud = await localCloud.openLocalCloud({
    ...options,
    accountId,
    region,
    prepareState: (target, report) => prepareState(config, target, report),
  });
  const opened = { ...cloud, config, env: { ...cloud.env, ENVIRONMENT: environment } };
  writeChosenStore(options.paths, environment, store);
  return store === undefined ? opened : openStore(opened, environment, store, options);
}

/** The data of an environment's PostgreSQL server. */
export const databaseFolder = ({ databases }: LocalCloudOptions["paths"], environment: string): string =>
  join(databases, environment);

/** Starts the server of the store, if it needs one, and stops it with the cloud. */
async function openStore(
  cloud: LocalCloud,
  environment: string,
  store: StoreKind,
  { paths, port, steps }: Pick<LocalCloudOptions, "paths" | "port" | "steps">,
): Promise<LocalCloud> {
  const env = { ...cloud.env, ...storeVariables(store, port) };
  if (!hasPostgres(cloud.config.infra)) return { ...cloud, env };
  try {
    const server = await steps.run("postgres", (report) =>
      startPostgres({
        ...{
          folder: databaseFolder(paths, environment),
          tools: paths.tools,
          port: databasePort(port),
          report,
        },
        database: database.name,
        signal: cloud.signal,
      }),
    );
    return {
      ...cloud,
      env,
      signal: AbortSignal.any([cloud.signal, server.lost]),
      close: async () => {
        const isKept = await cloud.close();
        await server.stop();
        return isKept;
      },
    };
  } catch (error) {
    await cloud.close();
    throw error;
  }
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
  const client = localClientConfig(target);
  const clients = stateClients(client);
  const { accountId: account } = target;
  await ensureStateStorage({ config, clients, client, account, demandTls: false, report: () => undefined });
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
