import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import type { Construct } from "constructs";
import type { InfraConfig } from "../config/schemas/infra";

export interface TaskTableProps {
  readonly name: string;
  readonly config: InfraConfig["table"];
  readonly keyArn: string | undefined;
}

/** The table of tasks, billed by request. Keys and indexes are those of the functions' table schema. */
export function taskTable(scope: Construct, { name, config, keyArn }: TaskTableProps): DynamodbTable {
  const { partitionKey, sortKey, timeToLive, indexes } = tableSchema;
  const keys = [
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  return new DynamodbTable(scope, "task-table", {
    name,
    billingMode: "PAY_PER_REQUEST",
    hashKey: partitionKey,
    rangeKey: sortKey,
    attribute: keys.map((key) => ({ name: key, type: "S" })),
    globalSecondaryIndex: Object.values(indexes).map((index) => ({
      name: index.name,
      hashKey: index.partitionKey,
      rangeKey: index.sortKey,
      projectionType: "ALL",
    })),
    ttl: { attributeName: timeToLive, enabled: true },
    pointInTimeRecovery: { enabled: config.point_in_time_recovery },
    deletionProtectionEnabled: config.deletion_protection,
    // Without a customer managed key DynamoDB encrypts with a key that AWS owns.
    ...(keyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } }),
  });
}
