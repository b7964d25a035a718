import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { namePrefix } from "../../deploy/shared/naming";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { noCredentials, wrongAccount } from "./errors";
import { createLockTable, lockTableActive, lockTableSettings, tableExists } from "./lock-table";
import { putSettings, wrongSettings, type Patience, type Setting } from "./setting";
import {
  bucketExists,
  createBucket,
  logBucketOf,
  logBucketSettings,
  stateBucketSettings,
} from "./state-bucket";

export interface StateStorageOptions {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  /** The id of the account that the clients go to. */
  readonly account: string;
  readonly demandTls: boolean;
  readonly report: (line: string) => void;
  /** How long to wait for a new resource; left out, as long as AWS needs. */
  readonly patience?: Patience;
}

/**
 * Makes sure that the credentials are of an account in which the environment may live.
 * @param endpoint where the clients go, for messages: `AWS` or the emulator's address
 * @returns the account's id
 * @throws {CommandError}
 */
export async function checkAccount(
  config: EnvironmentConfig,
  clients: StateClients,
  endpoint: string,
): Promise<string> {
  const { Account: account = "unknown" } = await clients.sts
    .send(new GetCallerIdentityCommand())
    .catch((error: unknown) => {
      throw noCredentials(endpoint, error);
    });
  const allowed = config.core.allowed_account_ids;
  if (!allowed.includes(account)) throw wrongAccount(account, allowed, endpoint, config.name);
  return account;
}

/** A bucket or table that has to be there, with its settings. */
interface Item {
  readonly name: string;
  readonly exists: () => Promise<boolean>;
  readonly create: () => Promise<void>;
  /** Waits until an item that is there accepts settings. */
  readonly ready?: () => Promise<void>;
  readonly settings: readonly Setting[];
}

/**
 * Makes the buckets and tables that hold the environment's Terraform states and locks, or adopts those that are there.
 * What is right already is left alone.
 * @param change false only reports what would be done
 */
export async function ensureStateStorage(options: StateStorageOptions, change = true): Promise<void> {
  for (const { name, exists, create, ready, settings } of itemsOf(options)) {
    const there = await exists();
    if (!there && change) await create();
    if (change) await ready?.();
    const wrong = there || change ? await wrongSettings(settings) : settings;
    if (change) await putSettings(wrong, options.patience);
    options.report(`${name}: ${outcome(there, wrong, change)}`);
  }
}

function outcome(there: boolean, wrong: readonly Setting[], change: boolean): string {
  const names = (settings: readonly Setting[]) => settings.map(({ name }) => name).join(", ");
  if (!there) return change ? "created" : "would be created";
  if (wrong.length === 0) return "unchanged, is right already";
  return `${change ? "changed" : "would change"}: ${names(wrong)}`;
}

function itemsOf({ config, clients: { s3, dynamodb }, account, demandTls }: StateStorageOptions): Item[] {
  const backends = Object.values(config.backends);
  const regions = new Map(backends.map(({ bucket, region }) => [bucket, region]));
  const bucketItem = (kind: string, bucket: string, region: string, settings: Setting[]): Item => ({
    name: `${kind} ${bucket}`,
    exists: () => bucketExists(s3, bucket),
    create: () => createBucket(s3, bucket, region),
    settings,
  });
  const buckets = [...regions].flatMap(([bucket, region]) => {
    const owner = { region, account, namePrefix: namePrefix(config), demandTls };
    const logs = { ...owner, bucket: logBucketOf(bucket) };
    return [
      // The log bucket first: S3 takes no bucket for a log that is not there.
      bucketItem("log bucket", logs.bucket, region, logBucketSettings(s3, logs, bucket)),
      bucketItem("state bucket", bucket, region, stateBucketSettings(s3, { ...owner, bucket })),
    ];
  });
  const tables = [...new Set(backends.map(({ dynamodb_table }) => dynamodb_table))];
  return [
    ...buckets,
    ...tables.map((table) => ({
      name: `lock table ${table}`,
      exists: () => tableExists(dynamodb, table),
      create: () => createLockTable(dynamodb, table),
      ready: () => lockTableActive(dynamodb, table),
      settings: lockTableSettings(dynamodb, table),
    })),
  ];
}
