import type { Backend, BackendClients } from "../backend";
import type { BucketOwner } from "./bucket-policy";
import { createLockTable, lockTableActive, lockTableSettings, tableExists } from "./lock-table";
import { putSettings, wrongSettings, type WaitLimits, type Setting } from "./setting";
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
  /** How long to wait for a new resource; by default as long as AWS needs. */
  readonly waitLimits?: WaitLimits;
}

/** A bucket or table, as it was found. */
export interface EnsuredItem {
  readonly name: string;
  /** False when it was or would be created. */
  readonly isExisting: boolean;
  /** The settings that were or would be written. */
  readonly wrongSettings: readonly string[];
}

/** A required bucket or table with its settings. */
interface Item {
  readonly name: string;
  readonly exists: () => Promise<boolean>;
  readonly create: () => Promise<void>;
  /** Waits until an existing item accepts settings. */
  readonly ready?: () => Promise<void>;
  readonly settings: readonly Setting[];
}

/**
 * Creates the buckets and tables for Terraform states and locks, or adopts existing ones.
 * Only settings with a wrong value are written.
 * @param change false only reports what would be done
 */
export async function ensureStateStorage(
  options: StateStorageOptions,
  change = true,
): Promise<readonly EnsuredItem[]> {
  const ensured: EnsuredItem[] = [];
  for (const { name, exists, create, ready, settings } of itemsOf(options)) {
    const isExisting = await exists();
    if (!isExisting && change) await create();
    if (change) await ready?.();
    const wrong = isExisting || change ? await wrongSettings(settings) : settings;
    if (change) await putSettings(wrong, options.waitLimits);
    options.report(`${name}: ${outcome(isExisting, wrong, change)}`);
    ensured.push({ name, isExisting, wrongSettings: wrong.map((setting) => setting.name) });
  }
  return ensured;
}

function outcome(isExisting: boolean, wrong: readonly Setting[], change: boolean): string {
  const names = (settings: readonly Setting[]) => settings.map(({ name }) => name).join(", ");
  if (!isExisting) return change ? "created" : "would be created";
  if (wrong.length === 0) return "unchanged";
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
      // The log bucket first: it must exist when the state bucket's logging is enabled.
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
