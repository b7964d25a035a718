import * as fc from "fast-check";
import { commonEnvironment } from "../../runtime/environment";
import { mergeDescending } from "./merge";
import { allShards, shardOf } from "./shards";
import { tableSchema } from "./table-schema";
import { newTaskId } from "../../tasks/task-id";

async function* from(ids: readonly string[]) {
  for (const id of ids) yield await Promise.resolve({ id });
}

test("the merge of sorted streams skips nothing, repeats nothing, and is sorted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }), async (ids) => {
      const descending = [...ids].sort((a, b) => (a < b ? 1 : -1));
      const streams = allShards.map((shard) => from(descending.filter((id) => shardOf(id) === shard)));
      const merged: string[] = [];
      for await (const { id } of mergeDescending(streams)) merged.push(id);
      expect(merged).toEqual(descending);
    }),
  );
});

test("the number of shards is a constant that never falls: tasks in a shard that is not read are lost", () => {
  expect(allShards).toEqual(Array.from({ length: tableSchema.shards }, (_, shard) => shard));
  // The number with which tables were written. Raise it together with the schema.
  expect(tableSchema.shards).toBeGreaterThanOrEqual(8);
  expect(Object.keys(commonEnvironment.shape)).not.toContain("TABLE_SHARDS");
});

test("ids are spread evenly over the shards", () => {
  const counts = new Map<number, number>();
  for (let n = 0; n < 8_000; n++) {
    const shard = shardOf(newTaskId(new Date(0)));
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(allShards);
  for (const count of counts.values()) expect(count).toBeGreaterThan(800);
});
