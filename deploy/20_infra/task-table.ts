import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import type { Construct } from "constructs";
import { encryptedTable, replicaTable, type ReplicaTable, type TableProps } from "./encrypted-table";

const id = "task-table";

/** The table of tasks. Keys and indexes are those of the functions' table schema. */
export const taskTable = (scope: Construct, props: TableProps): DynamodbTable =>
  encryptedTable(scope, id, props, taskSchema());

/** The table of tasks in the second region. */
export const taskTableReplica = (scope: Construct, props: Parameters<typeof replicaTable>[2]): ReplicaTable =>
  replicaTable(scope, id, props, taskSchema());

function taskSchema() {
  const { partitionKey, sortKey, timeToLive, indexes } = tableSchema;
  // A key may be of several indexes.
  const keys = new Set<string>([
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ]);
  return {
    hashKey: partitionKey,
    rangeKey: sortKey,
    attribute: Array.from(keys, (key) => ({ name: key, type: "S" })),
    globalSecondaryIndex: Object.values(indexes).map((index) => ({
      name: index.name,
      hashKey: index.partitionKey,
      rangeKey: index.sortKey,
      ...(index.projected.length === 0
        ? { projectionType: "KEYS_ONLY" }
        : { projectionType: "INCLUDE", nonKeyAttributes: [...index.projected] }),
    })),
    ttl: { attributeName: timeToLive, enabled: true },
  };
}
