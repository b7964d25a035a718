import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { tableSchema } from "./table-schema";

export type Index = (typeof tableSchema.indexes)[keyof typeof tableSchema.indexes];

/** The entries of one partition of an index on one side of a task id. */
export interface IndexRange {
  readonly index: Index;
  readonly partition: string;
  readonly before?: string;
  readonly from?: string;
  /** Attributes of an entry that must have a value. */
  readonly filter?: Readonly<Record<string, string>>;
}

/** Input of QueryCommand. */
export function indexQuery(
  tableName: string,
  { index, partition, before, from = "", filter = {} }: IndexRange,
): QueryCommandInput {
  const names = Object.keys(filter);
  return {
    TableName: tableName,
    IndexName: index.name,
    KeyConditionExpression: `#partition = :partition AND #id ${before === undefined ? ">=" : "<"} :bound`,
    ...(names.length > 0 && {
      FilterExpression: names.map((name) => `#${name} = :${name}`).join(" AND "),
    }),
    ExpressionAttributeNames: {
      "#partition": index.partitionKey,
      "#id": index.sortKey,
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ":partition": partition,
      ":bound": before ?? from,
      ...Object.fromEntries(Object.entries(filter).map(([name, value]) => [`:${name}`, value])),
    },
  };
}
