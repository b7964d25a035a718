import * as fc from "fast-check";
import { mergeDescending } from "./merge";
import { allShards, shardOf } from "./shards";
import { newTaskId } from "./task-id";

async function* from(ids: readonly string[]) {
  for (const id of ids) yield await Promise.resolve({ id });
}

test("the merge of sorted streams skips nothing, repeats nothing, and is sorted", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      async (ids, shards) => {
        const descending = [...ids].sort((a, b) => (a < b ? 1 : -1));
        const streams = allShards(shards).map((shard) =>
          from(descending.filter((id) => shardOf(id, shards) === shard)),
        );
        const merged: string[] = [];
        for await (const { id } of mergeDescending(streams)) merged.push(id);
        expect(merged).toEqual(descending);
      },
    ),
  );
});

test("ids are spread evenly over the shards", () => {
  const counts = new Map<number, number>();
  for (let n = 0; n < 8_000; n++) {
    const shard = shardOf(newTaskId(new Date(0)), 8);
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(allShards(8));
  for (const count of counts.values()) expect(count).toBeGreaterThan(800);
});
