import type { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Index } from "../aws/dynamodb/index-query";
import { tableSchema } from "../aws/dynamodb/table-schema";
import { bytesOfItem, entryOf } from "./dynamo-capacity";
import { evaluate, type Item } from "./dynamo-expressions";
import { SortedKeys } from "./sorted-keys";

const indexes: readonly Index[] = Object.values(tableSchema.indexes);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
const pageBytes = 1024 * 1024;

const idOf = (item: Item, index: Index) => String(item[index.sortKey]);

function partitionOf(index: Index, item: Item | undefined): string | undefined {
  const partition = item?.[index.sortKey] === undefined ? undefined : item[index.partitionKey];
  return typeof partition === "string" ? partition : undefined;
}

/** The indexes of a table in memory. */
export class DynamoIndexes {
  /** The sorted ids of the entries of each partition. */
  private readonly partitions = new Map<string, SortedKeys>();

  /** @param find the item of a task */
  constructor(private readonly find: (id: string) => Item | undefined) {}

  move(before: Item | undefined, after: Item): void {
    for (const index of indexes) {
      const [from, to] = [partitionOf(index, before), partitionOf(index, after)];
      if (from === to) continue;
      if (before !== undefined && from !== undefined) this.keysOf(index, from).remove(idOf(before, index));
      if (to !== undefined) this.keysOf(index, to).add(idOf(after, index));
    }
  }

  /** @returns `examined`: the number of entries that were read */
  query(input: NonNullable<ConstructorParameters<typeof QueryCommand>[0]>) {
    const { KeyConditionExpression = "", FilterExpression, ExclusiveStartKey, Limit = Infinity } = input;
    const index = indexes.find(({ name }) => name === input.IndexName);
    if (index === undefined) throw new Error(`Unknown index ${input.IndexName ?? ""}`);
    const partition = String(input.ExpressionAttributeValues?.[":partition"]);
    const keys = this.keysOf(index, partition);
    const isInRange = (id: string) =>
      evaluate(KeyConditionExpression, { [index.partitionKey]: partition, [index.sortKey]: id }, input);
    const isPrefix = keys.length > 0 && isInRange(keys.at(0));
    let from = isPrefix ? 0 : keys.first(isInRange);
    let to = isPrefix ? keys.first((id) => !isInRange(id)) : keys.length;
    const isBackward = input.ScanIndexForward === false;
    if (ExclusiveStartKey !== undefined) {
      const start = idOf(ExclusiveStartKey, index);
      if (isBackward)
        to = Math.min(
          to,
          keys.first((id) => id >= start),
        );
      else
        from = Math.max(
          from,
          keys.first((id) => id > start),
        );
    }
    const left = Math.max(0, to - from);
    const entryAt = (at: number) =>
      entryOf(index, this.find(keys.at(isBackward ? to - 1 - at : from + at))) ?? {};
    const most = left === 0 ? 0 : Math.max(1, Math.floor(pageBytes / bytesOfItem(entryAt(0))));
    const examined = Math.min(left, Limit, most);
    // DynamoDB returns a key whenever it has stopped at a limit, also if nothing follows.
    const hasStopped = examined > 0 && (examined === Limit || examined < left);
    const more = hasStopped ? { LastEvaluatedKey: entryAt(examined - 1) } : {};
    if (input.Select === "COUNT" && FilterExpression === undefined)
      return { examined, output: { Count: examined, ...more } };
    const entries = Array.from({ length: examined }, (_, at) => entryAt(at));
    const Items = entries.filter(
      (entry) => FilterExpression === undefined || evaluate(FilterExpression, entry, input),
    );
    return { examined, output: { Items, Count: Items.length, ScannedCount: examined, ...more } };
  }

  private keysOf({ name }: Index, partition: string): SortedKeys {
    const key = `${name} ${partition}`;
    const keys = this.partitions.get(key) ?? new SortedKeys();
    this.partitions.set(key, keys);
    return keys;
  }
}
