import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import { DynamoTaskCreation } from "./dynamo-task-creation";
import { dynamoValue } from "./dynamo-value";
import {
  allOf,
  claimable,
  heldByAttempt,
  inOneOf,
  itemOf,
  notNewerThan,
  writeIfConditionHolds,
  wasCancelledBy,
} from "./conditions";
import { updateOf, type TaskChange } from "./task-changes";
import { DynamoTaskQueries } from "./dynamo-task-queries";
import { tableSchema } from "./table-schema";
import type { Task, TaskState } from "../../tasks/task";
import { effectKey, outboxMark, parseTaskItem, taskKey, taskOf } from "./task-item";
import {
  LostLeaseError,
  type CreateResult,
  type Claim,
  type Idempotency,
  type ListQuery,
  type TaskRepository,
  type TaskRevision,
  type Transition,
  type TransitionResult,
  type UnreadableTask,
} from "../../tasks/task-repository";

/** Refuses to write an item over another one. */
const isFirst = { ConditionExpression: `attribute_not_exists(${tableSchema.partitionKey})` };

/** Tasks in a DynamoDB table, as `table-schema.ts` lays it out. */
export class DynamoTaskRepository implements TaskRepository {
  private readonly creation: DynamoTaskCreation;
  private readonly queries: DynamoTaskQueries;

  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly now = () => new Date(),
  ) {
    this.creation = new DynamoTaskCreation(dynamo, tableName, now);
    this.queries = new DynamoTaskQueries(dynamo, tableName);
  }

  create(task: Task, requestId: string, idempotency?: Idempotency): Promise<CreateResult> {
    return idempotency === undefined
      ? this.creation.create(task, requestId)
      : this.creation.createOnce(task, requestId, idempotency);
  }

  async markPublished({ taskId, revision }: TaskRevision): Promise<void> {
    await this.change({
      id: taskId,
      state: "queued",
      published: true,
      // A worker may have been faster, or the task may wait to be sent again; what was written since is newer.
      ...allOf(inOneOf(["pending"]), notNewerThan(revision)),
    });
  }

  async get(id: string): Promise<Task | undefined> {
    const { Item } = await this.dynamo.send(
      new GetCommand({ TableName: this.tableName, Key: taskKey(id), ConsistentRead: true }),
    );
    return Item && taskOf(Item);
  }

  list(query: ListQuery): Promise<(Task | UnreadableTask)[]> {
    return this.queries.list(query);
  }

  createdSince(time: Date): AsyncGenerator<Task> {
    return this.queries.createdSince(time);
  }

  async claim({ taskId, revision }: TaskRevision, leaseEnds: Date, exclusive = false): Promise<Claim> {
    const now = this.now().getTime();
    const { changed, item } = await this.changeAndRead({
      id: taskId,
      state: "running",
      published: true,
      count: "attempts",
      set: { leaseEnds: leaseEnds.getTime() },
      ...claimable(revision, now, exclusive),
    });
    if (item === undefined) return { outcome: "unknown" };
    if (changed) return { outcome: "claimed", task: taskOf(item) };
    if (item.revision > revision) return { outcome: "stale" };
    if (item.state !== "running") return { outcome: "finished", task: taskOf(item) };
    const isInterrupted = item.leaseEnds !== undefined && item.leaseEnds < now;
    return isInterrupted ? { outcome: "interrupted", attempts: item.attempts } : { outcome: "busy" };
  }

  async succeed({ id, attempts, revision }: Task, result: NonNullable<Task["result"]>): Promise<void> {
    const now = this.now();
    const set = { result: dynamoValue(result) };
    const success = this.updateOf({ id, state: "succeeded", set, ...heldByAttempt(attempts) });
    const transaction = new TransactWriteCommand({
      // Sent again after a lost reply, the transaction is recognized instead of failing on its own success.
      ClientRequestToken: `${id}-${attempts}`,
      TransactItems: [
        { Update: success },
        {
          Put: {
            TableName: this.tableName,
            Item: { ...effectKey(id), attempt: attempts, revision, at: now.toISOString() },
            ...isFirst,
          },
        },
      ],
    });
    await this.dynamo.send(transaction).catch((error: unknown) => {
      throw wasCancelledBy("ConditionalCheckFailed", error) ? new LostLeaseError(id, error) : error;
    });
  }

  async endAttempt({ id, attempts }: Task, error: string, next: "queued" | "failed"): Promise<void> {
    await this.change({ id, state: next, set: { error }, ...heldByAttempt(attempts) });
  }

  async markFailed({ taskId, revision }: TaskRevision, error: string): Promise<void> {
    await this.change({
      id: taskId,
      state: "failed",
      published: true,
      set: { error },
      ...allOf(inOneOf(["pending", "queued"]), notNewerThan(revision)),
    });
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const { changed, item } = await this.changeAndRead({
      id,
      state: to.state,
      ...(to.state === "pending"
        ? { set: { ...outboxMark(id), requestId: to.requestId }, count: "revision" }
        : { published: true }),
      ...inOneOf(from),
    });
    return { changed, task: item && taskOf(item) };
  }

  /** Updates a task if the condition holds, and returns the item after the update, or the item that failed the condition. */
  private async changeAndRead(change: Omit<TaskChange, "now">) {
    const update = new UpdateCommand({
      ...this.updateOf(change),
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      const { Attributes } = await this.dynamo.send(update);
      return { changed: true, item: parseTaskItem(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { changed: false, item: itemOf(error) };
    }
  }

  /** Updates a task if the condition holds. @returns whether it did */
  private change(change: Omit<TaskChange, "now">): Promise<boolean> {
    return writeIfConditionHolds(() => this.dynamo.send(new UpdateCommand(this.updateOf(change))));
  }

  private updateOf(change: Omit<TaskChange, "now">) {
    return updateOf(this.tableName, { ...change, now: this.now() });
  }
}
