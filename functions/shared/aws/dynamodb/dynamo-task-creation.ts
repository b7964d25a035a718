import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { dynamoValue } from "./dynamo-value";
import { itemOf, wasCancelledBy } from "./conditions";
import { task, type Task } from "../../tasks/task";
import { epochSeconds, idempotencyKey, newTaskItem } from "./task-item";
import type { CreateResult, Idempotency, Origin } from "../../tasks/task-repository";
import { tableSchema } from "./table-schema";

const { partitionKey, timeToLive } = tableSchema;

/** The record of an idempotency key: the hash of the request, and the task of its response. */
const idempotencyRecord = z.object({ requestId: z.string(), payloadHash: z.string(), task });

/** Creates tasks, each in the outbox, in one write with its idempotency record. */
export class DynamoTaskCreation {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly now: () => Date,
  ) {}

  async create(task: Task, origin: Origin): Promise<CreateResult> {
    const put = { ...this.newTask(task, origin), ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
    try {
      await this.dynamo.send(new PutCommand(put));
      return { outcome: "created" };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The SDK retries after a lost response, so this request may have written the item itself.
      return { outcome: itemOf(error, this.now())?.requestId === origin.requestId ? "created" : "exists" };
    }
  }

  async createOnce(task: Task, origin: Origin, idempotency: Idempotency): Promise<CreateResult> {
    const transaction = new TransactWriteCommand({
      ClientRequestToken: task.id,
      TransactItems: [
        { Put: this.newTask(task, origin) },
        { Put: this.newRecord(task, origin, idempotency) },
      ],
    });
    try {
      await this.dynamo.send(transaction);
      return { outcome: "created" };
    } catch (error) {
      if (wasCancelledBy("ConditionalCheckFailed", error)) return this.createdBefore(origin, idempotency);
      if (wasCancelledBy("TransactionConflict", error)) return { outcome: "inProgress" };
      throw error;
    }
  }

  private newTask(task: Task, origin: Origin) {
    return {
      TableName: this.tableName,
      Item: newTaskItem(task, origin),
      ConditionExpression: `attribute_not_exists(${partitionKey})`,
    };
  }

  /** DynamoDB deletes expired records within days. Until then the condition ignores them. */
  private newRecord(task: Task, { requestId }: Origin, { scope, payloadHash, expiresAt }: Idempotency) {
    return {
      TableName: this.tableName,
      Item: {
        ...idempotencyKey(scope),
        requestId,
        payloadHash,
        task: dynamoValue(task),
        [timeToLive]: epochSeconds(expiresAt),
      },
      ConditionExpression: `attribute_not_exists(${partitionKey}) OR ${timeToLive} < :now`,
      ExpressionAttributeValues: { ":now": epochSeconds(this.now()) },
    };
  }

  private async createdBefore(
    { requestId }: Origin,
    { scope, payloadHash }: Idempotency,
  ): Promise<CreateResult> {
    const { Item } = await this.dynamo.send(
      new GetCommand({ TableName: this.tableName, Key: idempotencyKey(scope), ConsistentRead: true }),
    );
    // It may have been deleted in between.
    if (Item === undefined) return { outcome: "inProgress" };
    const record = idempotencyRecord.parse(Item);
    if (record.requestId === requestId) return { outcome: "created" };
    if (record.payloadHash !== payloadHash) return { outcome: "mismatch" };
    return { outcome: "replayed", task: record.task };
  }
}
