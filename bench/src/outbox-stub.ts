import { setTimeout as delay } from "node:timers/promises";
import { allShards, shardOf } from "@serverless-tasks/functions/shared/aws/dynamodb/shards";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { newTaskItem, statePartition } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import * as z from "zod";
import pLimit from "p-limit";
import { item, success } from "../../packages/aws-stub/src/aws-responses";
import { startAwsStub, type AwsResponse, type AwsCall } from "../../packages/aws-stub/src/aws-stub";

const string = z.object({ S: z.string() });
const query = z.object({
  IndexName: z.string(),
  ExpressionAttributeValues: z.object({ ":partition": string }),
  ScanIndexForward: z.boolean().default(true),
  Limit: z.number().default(1_000),
  ExclusiveStartKey: z.object({ id: string }).optional(),
});
const key = z.object({ pk: string });
const update = z.object({
  Key: key,
  ExpressionAttributeValues: z.object({ ":state": string.optional() }).optional(),
});
const batchGet = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(key) })) });
const message = z.object({ MessageBody: z.string() });
const batch = z.object({ Entries: z.array(message) });
const sentTask = z.object({ taskId: z.string() });

const idOf = ({ pk }: z.output<typeof key>) => pk.S.slice("TASK#".length);

export interface OutboxStubOptions {
  readonly tasks: number;
  /** Duration of a call. */
  readonly milliseconds: number;
  /** Whether calls are processed one after the other, as by the emulator, or concurrently, as by AWS. */
  readonly isSequential: boolean;
}

/** A stub of SQS and of a table with tasks in its outbox, for the calls of a sweep. */
export class OutboxStub {
  /** Number of messages sent for each task. */
  readonly sent = new Map<string, number>();
  maxConcurrentCalls = 0;
  private readonly ids: readonly string[];
  private readonly byShard: readonly (readonly string[])[];
  private readonly published = new Set<string>();
  private concurrentCalls = 0;
  private readonly limit: pLimit.Limit;

  constructor(private readonly options: OutboxStubOptions) {
    this.limit = pLimit(options.isSequential ? 1 : Infinity);
    const start = Date.now() - 3_600_000;
    this.ids = Array.from({ length: options.tasks }, (_, at) => newTaskId(new Date(start + at)));
    this.byShard = allShards.map((shard) => this.ids.filter((id) => shardOf(id) === shard).sort());
  }

  /** Tasks that are still in the outbox. */
  get left(): number {
    return this.ids.length - this.published.size;
  }

  start() {
    return startAwsStub(async (call) => {
      this.concurrentCalls += 1;
      this.maxConcurrentCalls = Math.max(this.maxConcurrentCalls, this.concurrentCalls);
      await this.limit(() => delay(this.options.milliseconds));
      this.concurrentCalls -= 1;
      return this.respond(call);
    });
  }

  private respond({ operation, body }: AwsCall): AwsResponse | undefined {
    const json: unknown = JSON.parse(body);
    if (operation.endsWith(".Query")) return this.page(query.parse(json));
    if (operation.endsWith(".SendMessage")) this.countSent([message.parse(json)]);
    if (operation.endsWith(".SendMessageBatch")) this.countSent(batch.parse(json).Entries);
    if (operation.endsWith(".UpdateItem")) {
      const { Key, ExpressionAttributeValues } = update.parse(json);
      if (ExpressionAttributeValues?.[":state"]?.S === "queued") this.published.add(idOf(Key));
    }
    if (operation.endsWith(".BatchGetItem")) {
      const [[table, { Keys }] = ["", { Keys: [] }]] = Object.entries(batchGet.parse(json).RequestItems);
      const items = Keys.map((each) => item(this.itemOf(idOf(each))));
      return success({ Responses: { [table]: items }, UnprocessedKeys: {} });
    }
    return undefined;
  }

  private countSent(messages: readonly z.output<typeof message>[]): void {
    for (const { MessageBody } of messages) {
      const { taskId } = sentTask.parse(JSON.parse(MessageBody));
      this.sent.set(taskId, (this.sent.get(taskId) ?? 0) + 1);
    }
  }

  private page({
    IndexName,
    ExpressionAttributeValues,
    ScanIndexForward,
    Limit,
    ExclusiveStartKey,
  }: z.output<typeof query>): AwsResponse {
    const partition = ExpressionAttributeValues[":partition"].S;
    const shard = allShards.findIndex((each) => statePartition("pending", each) === partition);
    if (IndexName !== "by-state" || shard === -1) return success({ Items: [] });
    const after = ExclusiveStartKey?.id.S;
    const isLeft = (id: string) =>
      !this.published.has(id) && (after === undefined || (ScanIndexForward ? id > after : id < after));
    const left = (this.byShard[shard] ?? []).filter(isLeft);
    const ids = ScanIndexForward ? left.slice(0, Limit) : left.slice(-Limit).reverse();
    const Items = ids.map((id) => item(this.itemOf(id)));
    return success({ Items, ...(left.length > ids.length && { LastEvaluatedKey: Items.at(-1) }) });
  }

  private itemOf(id: string) {
    const created = new Date(Date.now() - 3_600_000);
    return newTaskItem(newTask(id, "echo", { message: "stranded" }, created), { requestId: "request-1" });
  }
}
