import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { EnvironmentConfig } from "../../deploy/shared/load-config";
import type { StateClients } from "../local/aws-clients";
import { noCredentials, wrongAccount } from "../local/errors";
import { createLockTable, protectLockTable, tableExists } from "./lock-table";
import { bucketExists, createBucket, protectBucket } from "./state-bucket";

export interface StateStorageOptions {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  /** Where the clients go, for messages: `AWS` or the emulator's address. */
  readonly endpoint: string;
  readonly demandTls: boolean;
  readonly report: (line: string) => void;
}

/**
 * Makes sure that the credentials are of an account in which the environment may live.
 * @returns the account's id
 * @throws {LocalCloudError}
 */
export async function checkAccount({
  config,
  clients,
  endpoint,
}: Pick<StateStorageOptions, "config" | "clients" | "endpoint">): Promise<string> {
  const { Account: account = "unknown" } = await clients.sts
    .send(new GetCallerIdentityCommand())
    .catch((error: unknown) => {
      throw noCredentials(endpoint, error);
    });
  const allowed = config.core.allowed_account_ids;
  if (!allowed.includes(account)) throw wrongAccount(account, allowed, endpoint, config.name);
  return account;
}

/**
 * Makes the buckets and tables that hold the environment's Terraform states and locks, or adopts those that are there.
 * @param change false only reports what would be done
 */
export async function ensureStateStorage(options: StateStorageOptions, change = true): Promise<void> {
  const { config, clients, demandTls, report } = options;
  const backends = Object.values(config.backends);
  const would = change ? "" : "would ";

  for (const [bucket, region] of new Map(backends.map(({ bucket, region }) => [bucket, region]))) {
    const there = await bucketExists(clients.s3, bucket);
    report(
      `${would}${there ? "adopt" : "create"} bucket ${bucket}: versioned, encrypted, closed to the public`,
    );
    if (!change) continue;
    if (!there) await createBucket(clients.s3, { bucket, region, demandTls });
    await protectBucket(clients.s3, { bucket, region, demandTls });
  }
  for (const table of new Set(backends.map(({ dynamodb_table }) => dynamodb_table))) {
    const there = await tableExists(clients.dynamodb, table);
    report(`${would}${there ? "adopt" : "create"} lock table ${table}: recoverable`);
    if (!change) continue;
    if (!there) await createLockTable(clients.dynamodb, table);
    await protectLockTable(clients.dynamodb, table);
  }
}
