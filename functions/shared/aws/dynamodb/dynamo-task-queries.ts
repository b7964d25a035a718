import { paginateQuery, type DynamoDBDocumentClient, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { mergeDescending } from "./merge";
import { allShards } from "./shards";
import { afterEveryId, firstIdAt } from "../../tasks/task-id";
import { UnreadableTaskError, type ListQuery, type UnreadableTask } from "../../tasks/task-repository";
import { tableSchema } from "./table-schema";
import type { Task, TaskState } from "../../tasks/task";
import { listPartition, statePartition, taskOf } from "./task-item";

type Index = (typeof tableSchema.indexes)[keyof typeof tableSchema.indexes];
const { byCreation, byState } = tableSchema.indexes;

export interface Selection {
  readonly state?: TaskState | undefined;
  readonly type?: string | undefined;
  /** Only ids that sort before this one. */
  readonly before?: string | undefined;
  /** The expected number of tasks; that many are read at a time from each shard. */
  readonly pageSize?: number;
}

/** Reads tasks over all shards of the table's indexes; never a scan. */
export class DynamoTaskQueries {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** The selected tasks, newest first. An unreadable task is represented by its id. */
  select({ state, type, before = afterEveryId, pageSize }: Selection): AsyncGenerator<Task | UnreadableTask> {
    const index = state === undefined ? byCreation : byState;
    const partition = (shard: number) =>
      state === undefined ? listPartition(shard) : statePartition(state, shard);
    const streams = allShards.map((shard) =>
      this.query(index, partition(shard), before, {
        ScanIndexForward: false,
        ...(pageSize !== undefined && { Limit: pageSize }),
        ...(type !== undefined && {
          FilterExpression: "#type = :type",
          ExpressionAttributeNames: { "#type": "type" },
          ExpressionAttributeValues: { ":type": type },
        }),
      }),
    );
    return mergeDescending(streams.map((items) => map(items, (item) => readTask(item, index))));
  }

  /** At most `limit` of the selected tasks, newest first. */
  list({ limit, ...selection }: ListQuery): Promise<(Task | UnreadableTask)[]> {
    return take(limit, this.select({ ...selection, pageSize: limit }));
  }

  /** Tasks created since then, newest first. */
  async *createdSince(time: Date): AsyncGenerator<Task> {
    const first = firstIdAt(time);
    for await (const task of this.select({})) {
      if (task.id < first) return;
      if (!("unreadable" in task)) yield task;
    }
  }

  private async *query(index: Index, partition: string, before: string, more: Partial<QueryCommandInput>) {
    const pages = paginateQuery(
      { client: this.dynamo },
      {
        TableName: this.tableName,
        IndexName: index.name,
        KeyConditionExpression: "#partition = :partition AND #id < :before",
        ...more,
        ExpressionAttributeNames: {
          "#partition": index.partitionKey,
          "#id": index.sortKey,
          ...more.ExpressionAttributeNames,
        },
        ExpressionAttributeValues: {
          ":partition": partition,
          ":before": before,
          ...more.ExpressionAttributeValues,
        },
      },
    );
    for await (const { Items = [] } of pages) yield* Items;
  }
}

/** An unreadable item does not fail the others. */
function readTask(item: Record<string, unknown>, { sortKey }: Index): Task | UnreadableTask {
  try {
    return taskOf(item);
  } catch (error) {
    if (error instanceof UnreadableTaskError) return { id: String(item[sortKey]), unreadable: true };
    throw error;
  }
}

async function take<Item>(count: number, items: AsyncIterable<Item>): Promise<Item[]> {
  const taken: Item[] = [];
  for await (const item of items) if (taken.push(item) === count) break;
  return taken;
}

async function* map<In, Out>(items: AsyncIterable<In>, convert: (item: In) => Out): AsyncGenerator<Out> {
  for await (const item of items) yield convert(item);
}
