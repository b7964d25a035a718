import { PutCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { asError } from "../../shared/runtime/as-error";
import { writeIfConditionHolds } from "../../shared/aws/dynamodb/conditions";
import { updateOf } from "../../shared/aws/dynamodb/task-changes";
import { allShards } from "../../shared/aws/dynamodb/shards";
import { tableSchema } from "../../shared/aws/dynamodb/table-schema";
import type { Task } from "../../shared/tasks/task";
import { afterEveryId, firstIdAt } from "../../shared/tasks/task-id";
import {
  outboxMark,
  outboxPartition,
  parseTaskItem,
  statePartition,
  taskOf,
  type TaskItem,
} from "../../shared/aws/dynamodb/task-item";
import type { FoundPage, SweepStore } from "./sweep-store";
import { rotateShards, readShards, type ReadShard } from "./read-shards";

type Item = Readonly<Record<string, unknown>>;
interface Entry {
  readonly id: string;
  readonly item: Item;
}

const { partitionKey, sortKey, indexes } = tableSchema;
const leaseKey = { [partitionKey]: "LEASE#sweep", [sortKey]: "LEASE" };
/** Small, so that a sweep that runs out of time has read from both ends of every shard. */
const pageSize = 100;

/** The sweep's reads of the DynamoDB table, and its lease there. */
export class DynamoSweepStore implements SweepStore {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly TableName: string,
    private readonly now = () => new Date(),
  ) {}

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
    const read = this.reader(indexes.outbox, outboxPartition, firstIdAt(changedBefore));
    return this.walk(read, ({ updatedAt }) => updatedAt < changedBefore.toISOString());
  }

  listAbandoned(leaseEndedBefore: Date): AsyncGenerator<FoundPage> {
    const read = this.reader(indexes.byState, (shard) => statePartition("running", shard), afterEveryId);
    return this.walk(read, ({ leaseEnds = 0 }) => leaseEnds < leaseEndedBefore.getTime());
  }

  listQueued(changedBefore: Date): AsyncGenerator<FoundPage> {
    const partition = (shard: number) => statePartition("queued", shard);
    const read = this.reader(indexes.byState, partition, firstIdAt(changedBefore));
    return this.walk(read, ({ updatedAt }) => updatedAt < changedBefore.toISOString());
  }

  requeue({ id, updatedAt }: Task): Promise<boolean> {
    const update = updateOf(this.TableName, {
      id,
      state: "pending",
      now: this.now(),
      set: outboxMark(id),
      count: "revision",
      condition: "#state = :queued AND #updatedAt = :found",
      values: { ":queued": "queued", ":found": updatedAt },
    });
    return writeIfConditionHolds(() => this.dynamo.send(new UpdateCommand(update)));
  }

  private async *walk(
    read: ReadShard<Entry, Item>,
    isWanted: (item: TaskItem) => boolean,
  ): AsyncGenerator<FoundPage> {
    for await (const { items, error } of readShards(rotateShards(allShards, this.now()), read)) {
      const unreadable: Error[] = [];
      const found = items.flatMap(({ id, item }) => {
        try {
          const parsed = parseTaskItem(item);
          return isWanted(parsed) ? [{ task: taskOf(parsed), requestId: parsed.requestId }] : [];
        } catch (cause) {
          unreadable.push(new Error(`Task ${id} cannot be read: ${asError(cause).message}`, { cause }));
          return [];
        }
      });
      yield { found, unreadable, ...(error && { error }) };
    }
  }

  private reader(
    index: (typeof indexes)[keyof typeof indexes],
    partition: (shard: number) => string,
    before: string,
  ): ReadShard<Entry, Item> {
    return async (shard, end, after) => {
      const { Items = [], LastEvaluatedKey } = await this.dynamo.send(
        new QueryCommand({
          TableName: this.TableName,
          IndexName: index.name,
          KeyConditionExpression: "#partition = :partition AND #id < :before",
          ExpressionAttributeNames: { "#partition": index.partitionKey, "#id": index.sortKey },
          ExpressionAttributeValues: { ":partition": partition(shard), ":before": before },
          ScanIndexForward: end === "oldest",
          Limit: pageSize,
          ExclusiveStartKey: after,
        }),
      );
      return {
        items: Items.map((item: Item) => ({ id: String(item[index.sortKey]), item })),
        next: LastEvaluatedKey,
      };
    };
  }
}
