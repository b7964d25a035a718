import { BatchWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { newTaskItem } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import pLimit from "p-limit";
import { reportIncomplete } from "./errors";
import { figureOf } from "./figures";
import type { Figure } from "./results";

const hour = 3_600_000;
const itemsOfABatch = 25;
const concurrentBatches = 4;
const type = "echo";

/**
 * Fills the table with tasks of the last 24 hours, and measures a report over them.
 * @param tasks number of tasks; a multiple of 25
 * @returns seconds, and megabytes of heap that the report has allocated
 * @throws {CommandError} when the report does not count each of them
 */
export async function measureReport(
  dynamo: DynamoDBDocumentClient,
  tableName: string,
  tasks: number,
  report: (line: string) => void,
): Promise<Figure[]> {
  await fill(dynamo, tableName, tasks, report);
  const subject = `a report over ${tasks.toLocaleString("en-US")} tasks`;
  report(subject);
  const repository = new DynamoTaskRepository(dynamo, tableName);
  const heap = process.memoryUsage().heapUsed;
  const started = performance.now();
  const counts = await repository.countSince(new Date(Date.now() - 24 * hour), [type]);
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Math.max(0, process.memoryUsage().heapUsed - heap) / 1e6;
  // The load before it has left tasks of its own.
  if (counts.total < tasks) throw reportIncomplete(counts.total, tasks);
  return [figureOf(subject, "seconds", "s", seconds), figureOf(subject, "memory", "MB", megabytes)];
}

async function fill(
  dynamo: DynamoDBDocumentClient,
  tableName: string,
  tasks: number,
  report: (line: string) => void,
): Promise<void> {
  const limit = pLimit(concurrentBatches);
  let written = 0;
  const batches = Array.from({ length: tasks / itemsOfABatch }, () =>
    limit(async () => {
      const RequestItems = { [tableName]: Array.from({ length: itemsOfABatch }, putOfATask) };
      const { UnprocessedItems = {} } = await dynamo.send(new BatchWriteCommand({ RequestItems }));
      if (Object.keys(UnprocessedItems).length > 0) throw reportIncomplete(written, tasks);
      written += itemsOfABatch;
      if (written % 10_000 === 0) report(`${written.toLocaleString("en-US")} tasks written`);
    }),
  );
  await Promise.all(batches);
}

function putOfATask() {
  const time = new Date(Date.now() - Math.random() * 23 * hour);
  const task = newTask(newTaskId(time), type, { message: "hello" }, time);
  return { PutRequest: { Item: newTaskItem({ ...task, state: "succeeded" }, { requestId: "bench" }) } };
}
