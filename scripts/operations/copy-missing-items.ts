import {
  ConditionalCheckFailedException,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { BatchGetItemCommand, paginateScan, PutItemCommand } from "@aws-sdk/client-dynamodb";
import pLimit from "p-limit";

type Item = Record<string, AttributeValue>;

/** BatchGetItem takes at most 100 keys. */
const batchSize = 100;
const concurrency = 8;

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  /** The attributes of the key. */
  readonly key: readonly string[];
  /** The attribute with the time after which DynamoDB deletes the item, in seconds since 1970. */
  readonly timeToLive?: string;
  /** Only count. */
  readonly dryRun: boolean;
  readonly onProgress?: (counts: CopyCounts) => void;
}

export interface CopyCounts {
  /** Items of the source that have not expired. */
  readonly examined: number;
  /** Items that the target did not have. */
  readonly missing: number;
  readonly copied: number;
}

/**
 * Copies the items that a table does not have. An item that exists is never changed: each write has that condition, so
 * that the copy can be interrupted and repeated, while the service runs.
 */
export async function copyMissingItems(dynamo: DynamoDBClient, options: CopyOptions): Promise<CopyCounts> {
  const { from, to, key, timeToLive, dryRun, onProgress } = options;
  let counts: CopyCounts = { examined: 0, missing: 0, copied: 0 };
  const limit = pLimit(concurrency);
  const now = Math.floor(Date.now() / 1000);
  const isExpired = (item: Item) => timeToLive !== undefined && Number(item[timeToLive]?.N ?? now) < now;
  for await (const { Items = [] } of paginateScan(
    { client: dynamo, pageSize: batchSize },
    { TableName: from },
  )) {
    const items = Items.filter((item) => !isExpired(item));
    const known = await existing(
      dynamo,
      to,
      items.map((item) => keyOf(item, key)),
      key,
    );
    const missing = items.filter((item) => !known.has(identity(item, key)));
    const copied = dryRun
      ? []
      : await Promise.all(missing.map((item) => limit(() => putNew(dynamo, to, item, key))));
    counts = {
      examined: counts.examined + items.length,
      missing: counts.missing + missing.length,
      copied: counts.copied + copied.filter(Boolean).length,
    };
    onProgress?.(counts);
  }
  return counts;
}

const keyOf = (item: Item, key: readonly string[]): Item =>
  Object.fromEntries(key.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
const identity = (item: Item, key: readonly string[]): string =>
  JSON.stringify(key.map((name) => item[name]));

/** Which of the keys a table has. */
async function existing(
  dynamo: DynamoDBClient,
  table: string,
  keys: readonly Item[],
  key: readonly string[],
) {
  const found = new Set<string>();
  let left = [...keys];
  while (left.length > 0) {
    const Keys = left.splice(0, batchSize);
    const names = Object.fromEntries(key.map((name, at) => [`#k${at}`, name]));
    const { Responses = {}, UnprocessedKeys = {} } = await dynamo.send(
      new BatchGetItemCommand({
        RequestItems: {
          [table]: {
            Keys,
            ...{ ConsistentRead: true, ExpressionAttributeNames: names },
            ProjectionExpression: Object.keys(names).join(", "),
          },
        },
      }),
    );
    for (const item of Responses[table] ?? []) found.add(identity(item, key));
    left = [...left, ...(UnprocessedKeys[table]?.Keys ?? [])];
  }
  return found;
}

/** @returns false when the table has got the item meanwhile */
async function putNew(dynamo: DynamoDBClient, table: string, item: Item, [first = ""]: readonly string[]) {
  try {
    await dynamo.send(
      new PutItemCommand({
        ...{ TableName: table, Item: item, ConditionExpression: "attribute_not_exists(#k)" },
        ExpressionAttributeNames: { "#k": first },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
