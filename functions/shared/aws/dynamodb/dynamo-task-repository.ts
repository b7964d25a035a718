import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskCreation } from "./dynamo-task-creation";
import { DynamoTaskCounts } from "./dynamo-task-counts";
import { DynamoTaskReader } from "./dynamo-task-reader";
import { dynamoValue } from "./dynamo-value";
import {
  allOf,
  claimable,
  heldByAttempt,
  inOneOf,
  itemOf,
  notExpired,
  notNewerThan,
  writeIfConditionHolds,
} from "./conditions";
import { updateOf, type TaskChange } from "./task-changes";
import { DynamoTaskQueries } from "./dynamo-task-queries";
import type { Task, TaskState } from "../../tasks/task";
import { isExpired, parseTaskItem, taskKey, taskOf } from "./task-item";
import {
  LostLeaseError,
  type CreateResult,
  type Claim,
  type Idempotency,
  type ListQuery,
  type Origin,
  type TaskCounts,
  type TaskPage,
  type TaskRepository,
  type TaskRevision,
  type Transition,
  type TransitionResult,
} from "../../tasks/task-repository";

type Change = Omit<TaskChange, "now" | "retentionDays">;

export interface DynamoTaskRepositoryOptions {
  readonly now?: () => Date;
  /** Days until a finished task expires; undefined if it never does. */
  readonly retentionDays?: number | undefined;
}

/** Tasks in a DynamoDB table, as `table-schema.ts` lays it out. */
export class DynamoTaskRepository implements TaskRepository {
  private readonly creation: DynamoTaskCreation;
  private readonly queries: DynamoTaskQueries;
  private readonly counts: DynamoTaskCounts;
  private readonly now: () => Date;
  private readonly retentionDays: number | undefined;

  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    { now = () => new Date(), retentionDays }: DynamoTaskRepositoryOptions = {},
  ) {
    this.now = now;
    this.retentionDays = retentionDays;
    this.creation = new DynamoTaskCreation(dynamo, tableName, now);
    this.counts = new DynamoTaskCounts(dynamo, tableName);
    this.queries = new DynamoTaskQueries(dynamo, tableName, new DynamoTaskReader(dynamo, tableName, now));
  }

  create(task: Task, origin: Origin, idempotency?: Idempotency): Promise<CreateResult> {
    return idempotency === undefined
      ? this.creation.create(task, origin)
      : this.creation.createOnce(task, origin, idempotency);
  }

  async markPublished({ taskId, revision }: TaskRevision): Promise<void> {
    await this.change({
      id: taskId,
      state: "queued",
      // A worker may have been faster, or the task may wait to be sent again; what was written since is newer.
      ...allOf(inOneOf(["pending"]), notNewerThan(revision)),
    });
  }

  async get(id: string): Promise<Task | undefined> {
    const { Item } = await this.dynamo.send(
      new GetCommand({ TableName: this.tableName, Key: taskKey(id), ConsistentRead: true }),
    );
    return Item === undefined || isExpired(Item, this.now()) ? undefined : taskOf(Item);
  }

  list(query: ListQuery): Promise<TaskPage> {
    return this.queries.list(query);
  }

  countSince(time: Date, types: readonly string[]): Promise<TaskCounts> {
    return this.counts.since(time, types);
  }

  async claim({ taskId, revision }: TaskRevision, leaseEnds: Date, exclusive = false): Promise<Claim> {
    const now = this.now();
    const { changed, item } = await this.changeAndRead({
      id: taskId,
      state: "running",
      count: "attempts",
      set: { leaseEnds: leaseEnds.getTime() },
      ...claimable(revision, now, exclusive),
    });
    if (item === undefined) return { outcome: "unknown" };
    if (changed) return { outcome: "claimed", task: taskOf(item) };
    if (item.revision > revision) return { outcome: "stale" };
    if (item.state !== "running") return { outcome: "finished", task: taskOf(item) };
    const isInterrupted = item.leaseEnds !== undefined && item.leaseEnds < now.getTime();
    return isInterrupted ? { outcome: "interrupted", attempts: item.attempts } : { outcome: "busy" };
  }

  async succeed({ id, attempts }: Task, result: NonNullable<Task["result"]>): Promise<void> {
    const set = { result: dynamoValue(result) };
    const { changed, item } = await this.changeAndRead(
      { id, state: "succeeded", set, count: "effects", ...heldByAttempt(attempts) },
      "NONE",
    );
    // The SDK retries after a lost response, so this attempt may have recorded its success itself.
    const isRecorded = item?.state === "succeeded" && item.attempts === attempts;
    if (!changed && !isRecorded) throw new LostLeaseError(id);
  }

  endAttempt({ id, attempts }: Task, error: string, next: "queued" | "failed"): Promise<boolean> {
    return this.change({ id, state: next, set: { error }, ...heldByAttempt(attempts) });
  }

  markFailed({ taskId, revision }: TaskRevision, error: string): Promise<boolean> {
    return this.change({
      id: taskId,
      state: "failed",
      set: { error },
      ...allOf(inOneOf(["pending", "queued"]), notNewerThan(revision)),
    });
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const { changed, item } = await this.changeAndRead({
      id,
      state: to.state,
      ...(to.state === "pending" && {
        set: {
          requestId: to.origin.requestId,
          ...(to.origin.group !== undefined && { group: to.origin.group }),
          // The trace of the former request ends.
          traceparent: to.origin.traceparent,
          xrayTrace: to.origin.xrayTrace,
        },
        count: "revision",
      }),
      ...allOf(inOneOf(from), notExpired(this.now())),
    });
    return { changed, task: item && taskOf(item) };
  }

  /** Updates a task if the condition holds, and returns the item after the update, or the item that failed the condition. */
  private async changeAndRead(change: Change, returned: "ALL_NEW" | "NONE" = "ALL_NEW") {
    const update = new UpdateCommand({
      ...this.updateOf(change),
      ReturnValues: returned,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      const { Attributes } = await this.dynamo.send(update);
      return { changed: true, item: Attributes && parseTaskItem(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { changed: false, item: itemOf(error, this.now()) };
    }
  }

  /** Updates a task if the condition holds. @returns whether it did */
  private change(change: Change): Promise<boolean> {
    return writeIfConditionHolds(() => this.dynamo.send(new UpdateCommand(this.updateOf(change))));
  }

  private updateOf(change: Change) {
    const { retentionDays } = this;
    return updateOf(this.tableName, { ...change, now: this.now(), retentionDays });
  }
}
