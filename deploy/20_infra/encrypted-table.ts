import { DynamodbTable, type DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { InfraConfig } from "../config/schemas/infra";
import type { Alarms } from "../shared/alarms";
import { regionalArn, type AwsContext } from "../shared/arn";
import { addTableAlarms } from "./table-alarms";

/** The copy of a table in the second region. */
export interface TableReplica {
  readonly region: string;
  /** The customer managed key of that region, if the table has one. */
  readonly keyArn: string | undefined;
}

export interface TableProps {
  readonly name: string;
  /** The protection of the table of tasks holds for every table. */
  readonly config: InfraConfig["table"];
  readonly keyArn: string | undefined;
  readonly alarms: Alarms;
  readonly thresholds: InfraConfig["alarms"];
  readonly replica: TableReplica | undefined;
}

/** The keys of a table and of its indexes. */
export interface TableSchema extends Pick<DynamodbTableConfig, "hashKey" | "rangeKey" | "attribute" | "ttl"> {
  readonly globalSecondaryIndex?: Extract<DynamodbTableConfig["globalSecondaryIndex"], readonly unknown[]>;
}

/** A table that is billed by request, with its protection and its alarms. */
export function encryptedTable(
  scope: Construct,
  id: string,
  { name, config, keyArn, alarms, thresholds, replica }: TableProps,
  schema: TableSchema,
): DynamodbTable {
  const table = new DynamodbTable(scope, id, {
    name,
    billingMode: "PAY_PER_REQUEST",
    ...schema,
    pointInTimeRecovery: { enabled: config.point_in_time_recovery },
    deletionProtectionEnabled: config.deletion_protection,
    // Without a customer managed key DynamoDB encrypts with a key that AWS owns.
    ...(keyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } }),
    ...(replica && replicated(replica, config)),
  });
  addTableAlarms(table, {
    ...{ name, alarms, thresholds, indexNames: indexNamesOf(schema) },
    receivingRegion: replica?.region,
  });
  return table;
}

/** Replication by DynamoDB reads the table's stream: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html */
const replicated = ({ region: regionName, keyArn }: TableReplica, config: TableProps["config"]) => ({
  streamEnabled: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
  replica: [
    {
      regionName,
      kmsKeyArn: keyArn,
      pointInTimeRecovery: config.point_in_time_recovery,
      propagateTags: true,
    },
  ],
});

/** The replica of a table in the stack of its region, which has its alarms; the table's own stack creates it. */
export interface ReplicaTable {
  readonly name: string;
  readonly arn: string;
}

export function replicaTable(
  scope: Construct,
  id: string,
  { name, alarms, thresholds, awsContext }: Omit<TableProps, "config" | "keyArn" | "replica"> & WithContext,
  schema: Pick<TableSchema, "globalSecondaryIndex">,
): ReplicaTable {
  addTableAlarms(new Construct(scope, id), {
    ...{ name, alarms, thresholds, indexNames: indexNamesOf(schema) },
    receivingRegion: undefined,
  });
  return { name, arn: regionalArn(awsContext, "dynamodb", `table/${name}`) };
}

interface WithContext {
  readonly awsContext: AwsContext;
}

const indexNamesOf = ({ globalSecondaryIndex = [] }: Pick<TableSchema, "globalSecondaryIndex">) =>
  globalSecondaryIndex.map((index) => index.name);
