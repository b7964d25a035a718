import { commonEnvironment } from "../../runtime/environment";
import { allShards, shardOf } from "./shards";
import { tableSchema } from "./table-schema";
import { newTaskId } from "../../tasks/task-id";

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
