import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import {
  hasFailedCondition,
  heldByAttempt,
  inOneOf,
  itemOf,
  unlessConditionFails,
} from "./dynamo-conditions";
import { updateOf, type TaskChange } from "./dynamo-task-changes";
import { DynamoTaskQueries } from "./dynamo-task-queries";
import { tableSchema } from "./table-schema";
import type { Task, TaskState } from "./task";
import { effectKey, newTaskItem, outboxMark, taskKey, taskOf } from "./task-item";
import { firstIdAt } from "./task-id";
import {
  LostLeaseError,
  type Claim,
  type ListQuery,
  type TaskRepository,
  type Transition,
  type TransitionResult,
} from "./task-repository";

/** Tasks in a DynamoDB table, as `table-schema.ts` lays it out. */
export class DynamoTaskRepository implements TaskRepository {
  private readonly queries: DynamoTaskQueries;

  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly shards: number,
    private readonly now = () => new Date(),
  ) {
    this.queries = new DynamoTaskQueries(dynamo, tableName, shards);
  }

  async accept(task: Task, requestId: string): Promise<boolean> {
    const put = new PutCommand({
      TableName: this.tableName,
      Item: newTaskItem(task, requestId, this.shards),
      ConditionExpression: `attribute_not_exists(${tableSchema.partitionKey})`,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await this.dynamo.send(put);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The SDK sends again after a lost reply: what is there may be what this very request has written.
      return itemOf(error)?.requestId === requestId;
    }
  }

  async markSent(id: string): Promise<void> {
    await this.change({
      id,
      state: "queued",
      sent: true,
      // A worker may have been faster; what it wrote is newer.
      ...inOneOf(["pending"]),
    });
  }

  async get(id: string): Promise<Task | undefined> {
    const { Item } = await this.dynamo.send(
      new GetCommand({ TableName: this.tableName, Key: taskKey(id), ConsistentRead: true }),
    );
    return Item && taskOf(Item);
  }

  list(query: ListQuery): Promise<Task[]> {
    return this.queries.list(query);
  }

  createdSince(time: Date): AsyncGenerator<Task> {
    return this.queries.createdSince(time);
  }

  async unsent(acceptedBefore: Date, limit: number): Promise<{ task: Task; requestId: string }[]> {
    // From every shard alike, so that a shard whose messages cannot be sent does not hold up the others.
    const items = await this.queries.unsent(firstIdAt(acceptedBefore), Math.ceil(limit / this.shards));
    return items.map((item) => ({ task: taskOf(item), requestId: item.requestId }));
  }

  async claim(id: string, leaseEnds: Date): Promise<Claim> {
    const free = inOneOf(["pending", "queued", "failed"]);
    const update = this.updateOf({
      id,
      state: "running",
      sent: true,
      countAttempt: true,
      set: { leaseEnds: leaseEnds.getTime() },
      condition: `${free.condition} OR (#state = :running AND #leaseEnds < :now)`,
      values: { ...free.values, ":running": "running", ":now": this.now().getTime() },
    });
    try {
      const { Attributes } = await this.dynamo.send(
        new UpdateCommand({
          ...update,
          ReturnValues: "ALL_NEW",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { outcome: "claimed", task: taskOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = itemOf(error);
      if (item === undefined) return { outcome: "unknown" };
      return item.state === "running" ? { outcome: "busy" } : { outcome: "finished", task: taskOf(item) };
    }
  }

  async succeed({ id, attempts }: Task, result: NonNullable<Task["result"]>): Promise<void> {
    const now = this.now();
    const success = this.updateOf({ id, state: "succeeded", set: { result }, ...heldByAttempt(attempts) });
    const transaction = new TransactWriteCommand({
      // Sent again after a lost reply, the transaction is recognized instead of failing on its own success.
      ClientRequestToken: `${id}-${attempts}`,
      TransactItems: [
        { Update: success },
        {
          Put: {
            TableName: this.tableName,
            Item: { ...effectKey(id), attempt: attempts, at: now.toISOString() },
            ConditionExpression: `attribute_not_exists(${tableSchema.partitionKey})`,
          },
        },
      ],
    });
    await this.dynamo.send(transaction).catch((error: unknown) => {
      const lost = error instanceof TransactionCanceledException && hasFailedCondition(error);
      throw lost ? new LostLeaseError(id, error) : error;
    });
  }

  async endAttempt({ id, attempts }: Task, error: string, next: "queued" | "failed"): Promise<void> {
    await this.change({ id, state: next, set: { error }, ...heldByAttempt(attempts) });
  }

  async giveUp(id: string, error: string): Promise<void> {
    await this.change({
      id,
      state: "failed",
      sent: true,
      set: { error },
      ...inOneOf(["pending", "queued"]),
    });
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const update = this.updateOf({
      id,
      state: to.state,
      sent: to.state === "cancelled",
      set: to.state === "pending" ? { ...outboxMark(id, this.shards), requestId: to.requestId } : {},
      ...inOneOf(from),
    });
    try {
      const { Attributes } = await this.dynamo.send(
        new UpdateCommand({
          ...update,
          ReturnValues: "ALL_NEW",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { changed: true, task: taskOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = itemOf(error);
      return { changed: false, task: item && taskOf(item) };
    }
  }

  async failAbandoned(leaseEndedBefore: Date, error: string): Promise<number> {
    let failed = 0;
    for await (const { id, attempts, leaseEnds = 0 } of this.queries.running()) {
      if (leaseEnds >= leaseEndedBefore.getTime()) continue;
      const done = await this.change({ id, state: "failed", set: { error }, ...heldByAttempt(attempts) });
      if (done) failed += 1;
    }
    return failed;
  }

  /** Makes a change, or none when its condition does not hold. */
  private change(change: Omit<TaskChange, "now">): Promise<boolean> {
    return unlessConditionFails(() => this.dynamo.send(new UpdateCommand(this.updateOf(change))));
  }

  private updateOf(change: Omit<TaskChange, "now">) {
    return updateOf(this.tableName, this.shards, { ...change, now: this.now() });
  }
}
