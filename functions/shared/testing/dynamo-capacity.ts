import type { Index } from "../aws/dynamodb/index-query";
import { tableSchema } from "../aws/dynamodb/table-schema";
import type { Item } from "./dynamo-expressions";

const { partitionKey, sortKey, indexes } = tableSchema;

const bytesOfString = (text: string) => Buffer.byteLength(text, "utf8");

/** Of an attribute's value: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function bytesOfValue(value: unknown): number {
  if (typeof value === "string") return bytesOfString(value);
  if (typeof value === "number") {
    const digits = value.toExponential().replace(/e.*|\D/g, "").length;
    return Math.ceil(digits / 2) + (value < 0 ? 2 : 1);
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + 1 + bytesOfValue(element), 3);
  if (value instanceof Map) return bytesOfMembers([...(value as Map<string, unknown>)]) + 3;
  if (typeof value === "object" && value !== null) return bytesOfMembers(Object.entries(value)) + 3;
  return 1;
}

const bytesOfMembers = (members: readonly (readonly [string, unknown])[]) =>
  members.reduce((sum, [name, value]) => sum + 1 + bytesOfString(name) + bytesOfValue(value), 0);

/** Size of an item or an index entry. */
export const bytesOfItem = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + bytesOfString(name) + bytesOfValue(value)),
    0,
  );

/** The entry of an item in an index: its keys and the projected attributes; undefined if it is not in the index. */
export function entryOf(index: Index, item: Item | undefined): Item | undefined {
  if (item?.[index.partitionKey] === undefined || item[index.sortKey] === undefined) return undefined;
  const names = [partitionKey, sortKey, index.partitionKey, index.sortKey, ...index.projected];
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

const kilobytes = (item: Item) => Math.ceil(bytesOfItem(item) / 1024);

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes */
function unitsOfIndex(index: Index, before: Item | undefined, after: Item | undefined): number {
  const [old, next] = [entryOf(index, before), entryOf(index, after)];
  if (old === undefined) return next === undefined ? 0 : kilobytes(next);
  if (next === undefined) return kilobytes(old);
  const isMoved =
    old[index.partitionKey] !== next[index.partitionKey] || old[index.sortKey] !== next[index.sortKey];
  if (isMoved) return kilobytes(old) + kilobytes(next);
  return JSON.stringify(old) === JSON.stringify(next) ? 0 : Math.max(kilobytes(old), kilobytes(next));
}

/**
 * Write units of one write, by DynamoDB's documented rules: 1 KB each, rounded up, of the larger of the item before and
 * after; twice that in a transaction; and those of the index entries that change.
 */
export function writeUnits(before: Item | undefined, after: Item | undefined, isTransaction = false): number {
  const item = Math.max(...[before, after].map((each) => (each === undefined ? 0 : kilobytes(each))));
  return Object.values(indexes).reduce(
    (sum, index) => sum + unitsOfIndex(index, before, after),
    item * (isTransaction ? 2 : 1),
  );
}
