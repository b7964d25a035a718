import type { Backend, BackendClients } from "../backend";
import type { BucketOwner } from "./bucket-policy";
import { createLockTable, lockTableActive, lockTableSettings, tableExists } from "./lock-table";
import { putSettings, wrongSettings, type Patience, type Setting } from "./setting";
import {
  bucketExists,
  createBucket,
  logBucketOf,
  logBucketSettings,
  stateBucketSettings,
} from "./state-bucket";

export interface StateStorageOptions extends Omit<BucketOwner, "bucket"> {
  readonly backends: readonly Backend[];
  readonly clients: BackendClients;
  /** The files in which the backends are configured, for messages. */
  readonly configuredIn: string;
  readonly report: (line: string) => void;
  /** How long to wait for a new resource; left out, as long as AWS needs. */
  readonly patience?: Patience;
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
 * Creates the buckets and tables that hold Terraform states and locks, or adopts those that exist.
 * Settings that are right are left alone.
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

function itemsOf({ backends, clients: { s3, dynamodb }, configuredIn, ...all }: StateStorageOptions): Item[] {
  const regions = new Map(backends.map(({ bucket, region }) => [bucket, region]));
  const bucketItem = (kind: string, bucket: string, region: string, settings: Setting[]): Item => ({
    name: `${kind} ${bucket}`,
    exists: () => bucketExists(s3, bucket, configuredIn),
    create: () => createBucket(s3, bucket, region, configuredIn),
    settings,
  });
  const buckets = [...regions].flatMap(([bucket, region]) => {
    const owner = { ...all, bucket };
    const logs = { ...all, bucket: logBucketOf(bucket) };
    return [
      // The log bucket first: S3 takes no bucket for a log that is not there.
      bucketItem("log bucket", logs.bucket, region, logBucketSettings(s3, logs, bucket)),
      bucketItem("state bucket", bucket, region, stateBucketSettings(s3, owner)),
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
