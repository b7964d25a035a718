import { paginateQuery, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { forEachConcurrently } from "../../runtime/concurrently";
import { firstIdAt } from "../../tasks/task-id";
import type { TaskCounts } from "../../tasks/task-repository";
import { indexQuery, type Index } from "./index-query";
import { allShards } from "./shards";
import { tableSchema } from "./table-schema";
import { listedStates, progressPartition, statePartition, typePartition } from "./task-item";

const { byProgress, byType, byState } = tableSchema.indexes;

/** Concurrent Query calls; far fewer than the client's connections. */
const concurrentQueries = 16;

/** Partitions that are counted together. */
interface Group {
  readonly index: Index;
  readonly partition: (shard: number) => string;
}

/** Counts tasks by index entries: no item is read, and DynamoDB returns no entry. */
export class DynamoTaskCounts {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async since(time: Date, types: readonly string[]): Promise<TaskCounts> {
    const ofProgress = (progress: "open" | "done"): Group => ({
      index: byProgress,
      partition: (shard) => progressPartition(progress, shard),
    });
    const ofStates = listedStates.map((state): Group => ({
      index: byState,
      partition: (shard) => statePartition(state, shard),
    }));
    const ofTypes = types.map((type): Group => ({
      index: byType,
      partition: (shard) => typePartition(type, shard),
    }));
    const counts = await this.count([ofProgress("open"), ofProgress("done"), ...ofStates, ...ofTypes], time);
    const [open = 0, done = 0, pending = 0, running = 0, failed = 0, cancelled = 0, ...byTypes] = counts;
    return {
      total: open + done,
      // Tasks change while the indexes are read, so that the rest could be negative.
      byState: {
        pending,
        queued: Math.max(0, open - pending - running),
        running,
        succeeded: Math.max(0, done - failed - cancelled),
        failed,
        cancelled,
      },
      byType: Object.fromEntries(types.map((type, at) => [type, byTypes[at] ?? 0])),
    };
  }

  private async count(groups: readonly Group[], time: Date): Promise<number[]> {
    const sums = groups.map(() => 0);
    const queries = groups.flatMap(({ index, partition }, at) =>
      allShards.map((shard) => ({
        at,
        range: { index, partition: partition(shard), from: firstIdAt(time) },
      })),
    );
    await forEachConcurrently(queries, concurrentQueries, async ({ at, range }) => {
      const input = { ...indexQuery(this.tableName, range), Select: "COUNT" } as const;
      for await (const { Count = 0 } of paginateQuery({ client: this.dynamo }, input))
        sums[at] = (sums[at] ?? 0) + Count;
    });
    return sums;
  }
}
