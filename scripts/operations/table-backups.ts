import { setTimeout as delay } from "node:timers/promises";
import {
  CreateBackupCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ResourceNotFoundException,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  TableNotFoundException,
  type BackupSummary,
} from "@aws-sdk/client-dynamodb";
import { tables } from "@serverless-tasks/functions/service";
import { naming } from "../../deploy/shared/naming";
import { utcTime } from "../../packages/command-line/src/arguments";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import type { BackedUpTable } from "./backed-up-tables";

export interface TableBackup {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly created: string;
  readonly bytes: number;
}

/** The times to which a table can be restored; undefined without point-in-time recovery. */
export interface RecoveryWindow {
  readonly earliest: string;
  readonly latest: string;
}

const pollMilliseconds = 2_000;

/** The backups of an environment's table. */
export class TableBackups {
  readonly dynamo: DynamoDBClient;
  /** Its name in AWS. */
  readonly table: string;

  constructor(
    { config, client }: Pick<EnvironmentAccount, "config" | "client">,
    table: BackedUpTable,
    private readonly poll = pollMilliseconds,
  ) {
    this.dynamo = new DynamoDBClient(client);
    const declared: Readonly<Record<string, { readonly name: string }>> = tables;
    this.table = naming(config)(declared[table]?.name ?? table);
  }

  /** Creates an on-demand backup, and waits until it is available. */
  async create(now = new Date()): Promise<TableBackup> {
    const BackupName = `${this.table}-${stamp(now)}`;
    const { BackupDetails } = await this.dynamo
      .send(new CreateBackupCommand({ TableName: this.table, BackupName }))
      .catch(this.unlessMissing);
    const BackupArn = BackupDetails?.BackupArn ?? "";
    for (;;) {
      const { BackupDescription } = await this.dynamo.send(new DescribeBackupCommand({ BackupArn }));
      const details = BackupDescription?.BackupDetails;
      if (details?.BackupStatus !== "CREATING") return backupOf({ ...details, BackupArn });
      await delay(this.poll);
    }
  }

  /** The on-demand backups, the newest first. */
  async list(): Promise<TableBackup[]> {
    const found: BackupSummary[] = [];
    let next: string | undefined;
    do {
      const page = await this.dynamo.send(
        new ListBackupsCommand({ TableName: this.table, ExclusiveStartBackupArn: next }),
      );
      found.push(...(page.BackupSummaries ?? []));
      next = page.LastEvaluatedBackupArn;
    } while (next !== undefined);
    return found.map(backupOf).sort((one, other) => (one.created < other.created ? 1 : -1));
  }

  async recoveryWindow(): Promise<RecoveryWindow | undefined> {
    const { ContinuousBackupsDescription } = await this.dynamo
      .send(new DescribeContinuousBackupsCommand({ TableName: this.table }))
      .catch((error: unknown) => {
        // The table may be what is to be restored.
        if (error instanceof TableNotFoundException || error instanceof ResourceNotFoundException)
          return { ContinuousBackupsDescription: undefined };
        throw error;
      });
    const { PointInTimeRecoveryStatus, EarliestRestorableDateTime, LatestRestorableDateTime } =
      ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
    if (PointInTimeRecoveryStatus !== "ENABLED") return undefined;
    return {
      earliest: EarliestRestorableDateTime?.toISOString() ?? "",
      latest: LatestRestorableDateTime?.toISOString() ?? "",
    };
  }

  /** The backup with an ARN or a name, or the newest one. @throws {CommandError} when there is none */
  async find(backup: string): Promise<TableBackup> {
    const all = (await this.list()).filter(({ status }) => status === "AVAILABLE");
    const found = backup === "latest" ? all[0] : all.find(({ arn, name }) => [arn, name].includes(backup));
    if (found !== undefined) return found;
    throw userError(
      `There is no backup ${backup} of ${this.table}.`,
      "latest, or the name or ARN of an available backup",
      "list them: npm run cli -- backup list <environment>",
    );
  }

  /** Restores into a table that does not exist, and waits until it is active. */
  async restore(source: RestoreSource, to: string): Promise<void> {
    if ("backup" in source)
      await this.dynamo.send(
        new RestoreTableFromBackupCommand({ BackupArn: source.backup.arn, TargetTableName: to }),
      );
    else
      await this.dynamo.send(
        new RestoreTableToPointInTimeCommand({
          ...{ SourceTableName: this.table, TargetTableName: to },
          ...(source.at === "latest" ? { UseLatestRestorableTime: true } : { RestoreDateTime: source.at }),
        }),
      );
    let started = Date.now();
    while ((await this.statusOf(to)) !== "ACTIVE") {
      await delay(this.poll);
      if (Date.now() - started > 60_000) {
        started = Date.now();
        console.log(`  ${to} is being restored; DynamoDB goes on when this command ends`);
      }
    }
  }

  /** @returns undefined when there is no such table */
  async statusOf(table: string): Promise<string | undefined> {
    try {
      return (await this.dynamo.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** DynamoDB restores into new tables only; this also refuses it in a dry run. @throws {CommandError} */
  async assertNew(table: string): Promise<void> {
    if ((await this.statusOf(table)) === undefined) return;
    throw userError(
      `The table ${table} exists, and a restore does not overwrite it.`,
      "the name of a table that does not exist",
      "restore to another name, then copy the items that are missing: npm run cli -- restore <environment> --from <table>",
    );
  }

  private readonly unlessMissing = (cause: unknown): never => {
    if (!(cause instanceof TableNotFoundException || cause instanceof ResourceNotFoundException)) throw cause;
    throw userError(
      `There is no table ${this.table}.`,
      "the infra layer with table.enabled = true",
      "deploy infra first",
      cause,
    );
  };
}

export type RestoreSource = { readonly backup: TableBackup } | { readonly at: Date | "latest" };

const backupOf = (details: Partial<BackupSummary>): TableBackup => ({
  arn: details.BackupArn ?? "",
  name: details.BackupName ?? "",
  status: details.BackupStatus ?? "AVAILABLE",
  created: details.BackupCreationDateTime?.toISOString() ?? "",
  bytes: details.BackupSizeBytes ?? 0,
});

/** `20260131T120000Z`, for names. */
export const stamp = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, "");

/** @throws {UsageError} */
export const restoreTime = (given: string): Date | "latest" =>
  given === "latest" ? given : utcTime(given, "latest or a time such as 2026-01-31T12:00:00Z");
