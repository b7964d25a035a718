import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { tables } from "@serverless-tasks/functions/service";
import { wrongUsage, userError } from "../core/errors";
import type { Target } from "../core/target";
import { copyMissingItems } from "./copy-missing-items";
import type { BackedUpTable } from "./backed-up-tables";
import { restoreTime, stamp, TableBackups, type RestoreSource } from "./table-backups";

export interface RestoreValues {
  readonly table: BackedUpTable;
  readonly backup: string | undefined;
  readonly at: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly dryRun: boolean;
}

/** @throws {UsageError} when options do not fit each other */
export function validateRestoreValues({
  backup,
  at,
  from,
  to,
}: Omit<RestoreValues, "table" | "dryRun">): void {
  if ([backup, at, from].filter((each) => each !== undefined).length !== 1)
    throw wrongUsage("Expected one of --backup, --at and --from.");
  if (from !== undefined && to !== undefined)
    throw wrongUsage("Expected no --to with --from: items are copied into the environment's table.");
  if (at !== undefined) restoreTime(at);
}

/** Restores a backup or a point in time into a new table, or copies missing items from such a table. */
export async function restoreTable({ account, confirm }: Target, values: RestoreValues): Promise<object> {
  const backups = new TableBackups(account, values.table);
  return values.from === undefined
    ? toNewTable(backups, confirm, values)
    : intoTable(backups, confirm, values, values.from);
}

async function toNewTable(
  backups: TableBackups,
  confirm: Target["confirm"],
  { backup, at = "latest", to = `${backups.table}-restored-${stamp(new Date())}`, dryRun }: RestoreValues,
) {
  await backups.assertNew(to);
  const source: RestoreSource =
    backup === undefined ? { at: restoreTime(at) } : { backup: await backups.find(backup) };
  const from = "backup" in source ? source.backup.name : `${backups.table} as it was at ${at}`;
  if (dryRun) {
    console.log(`Would restore ${from} to the new table ${to}.`);
    return { from, to, restored: false };
  }
  await confirm(`Restore ${from} to the new table ${to}?`);
  await backups.restore(source, to);
  console.log(
    `Restored ${from} to ${to}. Copy what is missing: npm run cli -- restore <environment> --from ${to}`,
  );
  return { from, to, restored: true };
}

async function intoTable(
  backups: TableBackups,
  confirm: Target["confirm"],
  { table, dryRun }: RestoreValues,
  from: string,
) {
  for (const name of [from, backups.table])
    if ((await backups.statusOf(name)) !== "ACTIVE")
      throw userError(
        `There is no active table ${name}.`,
        "a table that was restored, and the environment's table",
        "restore a backup first, and wait for its end",
      );
  const declared: Readonly<Record<string, { readonly partitionKey: string }>> = tables;
  const partitionKey = declared[table]?.partitionKey;
  const options = {
    ...{ from, to: backups.table },
    ...(partitionKey === undefined
      ? { key: [tableSchema.partitionKey, tableSchema.sortKey], timeToLive: tableSchema.timeToLive }
      : { key: [partitionKey] }),
  };
  const { missing, examined } = await copyMissingItems(backups.dynamo, { ...options, dryRun: true });
  console.log(`${backups.table} lacks ${missing} of the ${examined} items of ${from}.`);
  if (dryRun || missing === 0) return { from, to: backups.table, examined, missing, copied: 0 };
  await confirm(`Copy ${missing} items into ${backups.table}?`);
  const { copied } = await copyMissingItems(backups.dynamo, { ...options, dryRun: false });
  console.log(`Copied ${copied} items. Tasks that were not finished run: a sweep publishes them again.`);
  return { from, to: backups.table, examined, missing, copied };
}
