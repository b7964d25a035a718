import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { tables, type TableDeclaration, type TableName } from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import type { Naming } from "../shared/naming";
import { encryptedTable, replicaTable, type ReplicaTable, type TableProps } from "./encrypted-table";

export interface DeclaredTableProps extends Omit<TableProps, "name"> {
  readonly nameOf: Naming;
}

/** A table of functions/service.ts in the second region. */
export const declaredTableReplica = (
  scope: Construct,
  key: TableName,
  { nameOf, ...props }: Omit<Parameters<typeof replicaTable>[2], "name"> & Pick<DeclaredTableProps, "nameOf">,
): ReplicaTable => {
  const { name }: TableDeclaration = tables[key];
  return replicaTable(scope, [key, "table"].join("-"), { ...props, name: nameOf(name) }, {});
};

/** A table of functions/service.ts. */
export function declaredTable(
  scope: Construct,
  key: TableName,
  { nameOf, ...props }: DeclaredTableProps,
): DynamodbTable {
  const { name, partitionKey }: TableDeclaration = tables[key];
  return encryptedTable(
    scope,
    [key, "table"].join("-"),
    { ...props, name: nameOf(name) },
    { hashKey: partitionKey, attribute: [{ name: partitionKey, type: "S" }] },
  );
}
