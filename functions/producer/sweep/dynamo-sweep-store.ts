import { PutCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { asError } from "../../shared/runtime/as-error";
import { writeIfConditionHolds } from "../../shared/aws/dynamodb/conditions";
import { DynamoTaskReader, maxBatchItems, type Item } from "../../shared/aws/dynamodb/dynamo-task-reader";
import { indexQuery, type Index } from "../../shared/aws/dynamodb/index-query";
import { updateOf } from "../../shared/aws/dynamodb/task-changes";
import { allShards } from "../../shared/aws/dynamodb/shards";
import { tableSchema } from "../../shared/aws/dynamodb/table-schema";
import type { Task } from "../../shared/tasks/task";
import { originOf } from "../../shared/tasks/task-repository";
import { afterEveryId, firstIdAt } from "../../shared/tasks/task-id";
import {
  parseTaskItem,
  progressPartition,
  statePartition,
  taskOf,
  type TaskItem,
} from "../../shared/aws/dynamodb/task-item";
import type { FoundPage, FoundTask, SweepStore } from "../../shared/tasks/sweep-store";
import { rotateShards, readShards, type ReadShard } from "./read-shards";

interface Entry {
  readonly id: string;
  readonly entry: Item;
}

const { partitionKey, sortKey, indexes } = tableSchema;
const leaseKey = { [partitionKey]: "LEASE#sweep", [sortKey]: "LEASE" };
/** Small, so that a sweep that runs out of time has read from both ends of every shard. */
const pageSize = maxBatchItems;

/** The sweep's reads of the DynamoDB table, and its lease there. */
export class DynamoSweepStore implements SweepStore {
  private readonly reader: DynamoTaskReader;

  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly TableName: string,
    private readonly now = () => new Date(),
  ) {
    this.reader = new DynamoTaskReader(dynamo, TableName, now);
  }

  acquireLease(holder: string, ends: Date): Promise<boolean> {
    return writeIfConditionHolds(() =>
      this.dynamo.send(
        new PutCommand({
          TableName: this.TableName,
          Item: { ...leaseKey, holder, leaseEnds: ends.getTime() },
          ConditionExpression: `attribute_not_exists(${partitionKey}) OR leaseEnds < :now OR holder = :holder`,
          ExpressionAttributeValues: { ":now": this.now().getTime(), ":holder": holder },
        }),
      ),
    );
  }

  async releaseLease(holder: string): Promise<void> {
    await writeIfConditionHolds(() =>
      this.dynamo.send(
        new UpdateCommand({
          TableName: this.TableName,
          Key: leaseKey,
          UpdateExpression: "SET leaseEnds = :ended",
          ConditionExpression: "holder = :holder",
          ExpressionAttributeValues: { ":ended": 0, ":holder": holder },
        }),
      ),
    );
  }

  listUnpublished(changedBefore: Date): AsyncGenerator<FoundPage> {
    const partition = (shard: number) => statePartition("pending", shard);
    const read = this.readerOf(indexes.byState, partition, firstIdAt(changedBefore));
    const isOld = ({ updatedAt }: Item) => String(updatedAt) < changedBefore.toISOString();
    return this.walk(read, isOld, (item) => item.state === "pending" && isOld(item));
  }

  listAbandoned(leaseEndedBefore: Date): AsyncGenerator<FoundPage> {
    const read = this.readerOf(indexes.byState, (shard) => statePartition("running", shard), afterEveryId);
    const hasLapsed = ({ leaseEnds = 0 }: Item) => Number(leaseEnds) < leaseEndedBefore.getTime();
    return this.walk(read, hasLapsed, (item) => item.state === "running" && hasLapsed(item));
  }

  listQueued(changedBefore: Date): AsyncGenerator<FoundPage> {
    const partition = (shard: number) => progressPartition("open", shard);
    const read = this.readerOf(indexes.byProgress, partition, firstIdAt(changedBefore));
    return this.walk(
      read,
      () => true,
      ({ state, updatedAt }) => state === "queued" && updatedAt < changedBefore.toISOString(),
    );
  }

  requeue({ id, state, updatedAt }: Task): Promise<boolean> {
    const update = updateOf(this.TableName, {
      id,
      state: "pending",
      now: this.now(),
      count: "revision",
      condition: "#state = :from AND #updatedAt = :found",
      values: { ":from": state, ":found": updatedAt },
    });
    return writeIfConditionHolds(() => this.dynamo.send(new UpdateCommand(update)));
  }

  /**
   * @param mayBeWanted decides by the entry of the index whether the task is read
   * @param isWanted decides by the task, which may have changed since the entry was read
   */
  private async *walk(
    read: ReadShard<Entry, Item>,
    mayBeWanted: (entry: Item) => boolean,
    isWanted: (item: TaskItem) => boolean,
  ): AsyncGenerator<FoundPage> {
    for await (const { items, error } of readShards(rotateShards(allShards, this.now()), read)) {
      const ids = items.filter(({ entry }) => mayBeWanted(entry)).map(({ id }) => id);
      const page = ids.length === 0 ? nothing : await this.readTasks(ids, isWanted);
      const cause = error ?? page.error;
      yield { ...page, ...(cause && { error: cause }) };
    }
  }

  private async readTasks(ids: readonly string[], isWanted: (item: TaskItem) => boolean): Promise<FoundPage> {
    const found: FoundTask[] = [];
    const unreadable: Error[] = [];
    try {
      const { items, unread } = await this.reader.read(ids);
      for (const id of ids) {
        const item = items.get(id);
        if (item === undefined) continue;
        try {
          const parsed = parseTaskItem(item);
          if (isWanted(parsed)) found.push({ task: taskOf(parsed), origin: originOf(parsed) });
        } catch (cause) {
          unreadable.push(new Error(`Task ${id} cannot be read: ${asError(cause).message}`, { cause }));
        }
      }
      if (unread.size === 0) return { found, unreadable };
      return { found, unreadable, error: new Error(`DynamoDB did not return ${unread.size} tasks`) };
    } catch (error) {
      return { found, unreadable, error: asError(error) };
    }
  }

  private readerOf(
    index: Index,
    partition: (shard: number) => string,
    before: string,
  ): ReadShard<Entry, Item> {
    return async (shard, end, after) => {
      const { Items = [], LastEvaluatedKey } = await this.dynamo.send(
        new QueryCommand({
          ...indexQuery(this.TableName, { index, partition: partition(shard), before }),
          ScanIndexForward: end === "oldest",
          Limit: pageSize,
          ExclusiveStartKey: after,
        }),
      );
      return {
        items: Items.map((entry: Item) => ({ id: String(entry[index.sortKey]), entry })),
        next: LastEvaluatedKey,
      };
    };
  }
}

const nothing: FoundPage = { found: [], unreadable: [] };
