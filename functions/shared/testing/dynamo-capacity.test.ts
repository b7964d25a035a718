import { tableSchema } from "../aws/dynamodb/table-schema";
import { bytesOfItem, entryOf, writeUnits } from "./dynamo-capacity";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
test("the size of the documentation's example is 23 bytes", () => {
  expect(bytesOfItem({ "shirt-color": "R", "shirt-size": "M" })).toBe(23);
});

test.each<[string, unknown, number]>([
  ["a string of UTF-8", "é", 2],
  ["a number of one digit", 7, 2],
  ["a number of four digits", 2026, 3],
  ["a negative number", -7, 3],
  ["trailing zeros", 1_000, 2],
  ["null", null, 1],
  ["a boolean", true, 1],
  ["an empty list", [], 3],
  ["an empty map", {}, 3],
  ["a list: 3, and 1 for each element", ["a", "b"], 3 + 2 * (1 + 1)],
  ["a map: 3, and 1 for each member", { a: "b" }, 3 + 1 + 1 + 1],
])("the size of %s", (_what, value, bytes) => {
  expect(bytesOfItem({ a: value })).toBe(1 + bytes);
});

const { byProgress, byType } = tableSchema.indexes;
const kilobytes = (count: number) => "x".repeat(count * 1024 - 100);

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
test("an item of 2 KB costs 2 units, 4 in a transaction; an update costs the larger of the two sizes", () => {
  expect(writeUnits(undefined, { pk: "a", text: kilobytes(2) })).toBe(2);
  expect(writeUnits(undefined, { pk: "a", text: kilobytes(2) }, true)).toBe(4);
  expect(writeUnits({ pk: "a", text: kilobytes(3) }, { pk: "a" })).toBe(3);
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes */
describe("besides the item, an index costs", () => {
  const item = { pk: "a", sk: "b", id: "1", text: kilobytes(1) };
  const listed = { ...item, [byProgress.partitionKey]: "open#1" };
  const ofIndex = (before: object | undefined, after: object) =>
    writeUnits(before && { ...before }, { ...after }) - 1;

  test.each<[string, object | undefined, object, number]>([
    ["1 for a new entry", undefined, listed, 1],
    ["1 for an entry that appears", item, listed, 1],
    ["2 for an entry whose key changes", listed, { ...listed, [byProgress.partitionKey]: "done#1" }, 2],
    ["1 for an entry that disappears", listed, item, 1],
    ["0 for an item that is not in the index", item, { ...item, text: "" }, 0],
    ["1 for a projected attribute that changes", listed, { ...listed, outcome: "failed" }, 1],
    ["0 for another attribute that changes", listed, { ...listed, text: "" }, 0],
  ])("%s", (_what, before, after, units) => {
    expect(ofIndex(before, after)).toBe(units);
  });

  test("a unit for each KB of the entry, not of the item", () => {
    const large = { ...listed, text: kilobytes(5) };
    expect(writeUnits(undefined, large)).toBe(5 + 1);
    expect(writeUnits(undefined, { ...large, outcome: kilobytes(2) })).toBe(7 + 2);
  });

  test("its keys, the table's keys and what it projects", () => {
    const both = { ...listed, [byType.partitionKey]: "echo#1", outcome: "failed" };
    expect(Object.keys(entryOf(byProgress, both) ?? {}).sort()).toEqual(
      ["id", "outcome", "pk", "progressShard", "sk"].sort(),
    );
    expect(Object.keys(entryOf(byType, both) ?? {}).sort()).toEqual(["id", "pk", "sk", "typeShard"].sort());
  });
});
