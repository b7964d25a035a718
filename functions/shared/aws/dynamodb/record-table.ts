import { DeleteCommand, GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod/mini";
import { tables, type TableDeclaration, type TableName } from "../../../service";
import { resourceVariable, resourceVariables } from "../../runtime/resource-variables";
import { documentClient } from "../clients";

/** A table of records, each under a key, which is one of its members. */
export interface RecordTable<Item> {
  /** The record; undefined if there is none. It needs `dynamodb:GetItem`. */
  readonly get: (key: string) => Promise<Item | undefined>;
  /** Replaces the record if it exists. It needs `dynamodb:PutItem`. */
  readonly put: (record: Item) => Promise<void>;
  /** Deletes the record if it exists. It needs `dynamodb:DeleteItem`. */
  readonly delete: (key: string) => Promise<void>;
}

let shared: DynamoDBDocumentClient | undefined;

/**
 * A table of functions/service.ts.
 * @param schema of its records, validated when they are read and written
 */
export function recordTable<Schema extends z.ZodMiniObject>(
  name: TableName,
  schema: Schema,
  client: () => DynamoDBDocumentClient = () => (shared ??= documentClient()),
): RecordTable<z.output<Schema>> {
  const { partitionKey }: TableDeclaration = tables[name];
  const at = (key: string) => ({ ...here(), Key: { [partitionKey]: key } });
  const here = () => ({ TableName: resourceVariable(resourceVariables.table(name)) });
  return {
    get: async (key) => {
      const { Item } = await client().send(new GetCommand({ ...at(key), ConsistentRead: true }));
      return Item === undefined ? undefined : schema.parse(Item);
    },
    put: async (record) => {
      await client().send(new PutCommand({ ...here(), Item: schema.parse(record) }));
    },
    delete: async (key) => {
      await client().send(new DeleteCommand(at(key)));
    },
  };
}
