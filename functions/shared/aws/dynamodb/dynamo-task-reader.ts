import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { isExpired, taskKey } from "./task-item";
import { tableSchema } from "./table-schema";

export type Item = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const maxBatchItems = 100;

/** Calls for one batch, at most. DynamoDB leaves out items beyond 16 MB, and items of a throttled partition. */
export const maxBatchCalls = 3;

/** Tasks that were read by id. */
export interface ReadItems {
  /** By id, without deleted and expired ones. */
  readonly items: ReadonlyMap<string, Item>;
  /** Tasks that DynamoDB has not returned. They may exist. */
  readonly unread: ReadonlySet<string>;
}

/** Reads the items of tasks whose ids an index has returned. */
export class DynamoTaskReader {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly now: () => Date,
  ) {}

  /**
   * Reads up to 100 items.
   * @param untilRead calls again for this one only, if it was left out; default: for all
   */
  async read(ids: readonly string[], untilRead?: string): Promise<ReadItems> {
    const items = new Map<string, Item>();
    const unread = new Map(ids.map((id) => [partitionOf(taskKey(id)), id]));
    let keys = ids.map(taskKey);
    for (let call = 0; call < maxBatchCalls && keys.length > 0; call++) {
      const { Responses, UnprocessedKeys } = await this.dynamo.send(
        new BatchGetCommand({ RequestItems: { [this.tableName]: { Keys: keys, ConsistentRead: true } } }),
      );
      const left = new Set((UnprocessedKeys?.[this.tableName]?.Keys ?? []).map(partitionOf));
      for (const item of Responses?.[this.tableName] ?? []) {
        const id = unread.get(partitionOf(item));
        if (id !== undefined && !isExpired(item, this.now())) items.set(id, item);
      }
      keys = keys.filter((key) => left.has(partitionOf(key)));
      for (const partition of unread.keys()) if (!left.has(partition)) unread.delete(partition);
      if (untilRead !== undefined && !left.has(partitionOf(taskKey(untilRead)))) break;
    }
    return { items, unread: new Set(unread.values()) };
  }
}

const partitionOf = (item: Item) => String(item[tableSchema.partitionKey]);
