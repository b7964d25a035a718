import { maxExaminedEntries } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-queries";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { filters, GrowingTable, limits, nameOf } from "./growth";
import { randomFrom } from "./random";

/** Every selection is larger than what a page examines, also in the older half of the table. */
const size = 20_000;
const small = new GrowingTable(size, randomFrom(1));
const large = new GrowingTable(4 * size, randomFrom(1));

const { shards } = tableSchema;

test.each(filters.map((filter) => [nameOf(filter), filter] as const))(
  "a page of a table that is four times larger costs the same: %s",
  async (_name, filter) => {
    for (const limit of limits)
      for (const isDeep of [false, true]) {
        const before = await small.page(filter, limit, isDeep);
        const after = await large.page(filter, limit, isDeep);
        expect(after.calls).toBeLessThanOrEqual(2 * shards + 1);
        expect(after.items).toBeLessThanOrEqual(shards * maxExaminedEntries + 100);
        expect(Math.abs(after.items - before.items)).toBeLessThanOrEqual(limit);
      }
  },
);

test("a sweep and a claim in a table that is four times larger cost the same", async () => {
  const claim = await small.claim();
  expect(claim).toMatchObject({ calls: 1 });
  expect(await large.claim()).toEqual(claim);
  const sweep = await small.sweep();
  expect(sweep.calls).toBeGreaterThan(3 * shards);
  expect(await large.sweep()).toEqual(sweep);
});

test("a report reads index entries only, as many to a call as DynamoDB returns", async () => {
  const { calls, items, seconds } = await large.report(5);
  // Of by-progress and by-type, and of the states in by-state.
  expect(items).toBeGreaterThan(2 * 4 * size);
  expect(items).toBeLessThan(3 * 4 * size);
  expect(calls).toBeLessThan(150);
  expect(seconds).toBeLessThan(10);
});
