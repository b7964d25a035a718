import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { newTaskItem, stateAttributes } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { newTask, type TaskState } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import pLimit from "p-limit";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const batchSize = 25;
const concurrency = 4;
/** Tasks are a second apart. */
const apartMilliseconds = 1_000;
const types = ["echo", "report.summary", "dependency.call"] as const;

/** Most tasks have succeeded; none is pending, so that the sweep publishes none. */
function stateOf(at: number): TaskState {
  if (at % 20 === 1) return "failed";
  if (at % 50 === 2) return "cancelled";
  return at % 100 === 3 ? "queued" : "succeeded";
}

function itemOf(at: number, newest: number): Record<string, unknown> {
  const now = new Date(newest - at * apartMilliseconds);
  const task = newTask(newTaskId(now), types[at % types.length] ?? "echo", { message: `task ${at}` }, now);
  const state = stateOf(at);
  const item = newTaskItem(task, { requestId: `request-${at}` });
  const changed = Object.entries({ ...item, ...stateAttributes(task.id, state), attempts: 1 });
  return Object.fromEntries(changed.filter(([, value]) => value !== undefined));
}

/** Writes tasks to the table as if they had been created and run. */
export async function writeTasks(dynamodb: DynamoDBClient, table: string, count: number): Promise<void> {
  const dynamo = DynamoDBDocumentClient.from(dynamodb);
  const limit = pLimit(concurrency);
  const newest = Date.now();
  const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => batch * batchSize);
  await Promise.all(
    batches.map((first) =>
      limit(async () => {
        const size = Math.min(batchSize, count - first);
        const PutRequest = (at: number) => ({ PutRequest: { Item: itemOf(first + at, newest) } });
        await dynamo.send(
          new BatchWriteCommand({
            RequestItems: { [table]: Array.from({ length: size }, (_, at) => PutRequest(at)) },
          }),
        );
      }),
    ),
  );
}
