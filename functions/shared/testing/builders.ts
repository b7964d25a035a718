import type { SQSRecord } from "aws-lambda";
import { encodeMessage, messageVersion, type TaskMessage } from "../tasks/message";
import { newTask, type Task } from "../tasks/task";
import { newTaskId } from "../tasks/task-id";

export const noon = new Date("2026-03-01T12:00:00.000Z");
/** So many seconds after noon. */
export const afterNoon = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

export const aTask = (values: Partial<Task> = {}): Task => ({
  ...newTask(newTaskId(noon), "echo", { message: "hello" }, noon),
  ...values,
});

export const aMessage = (values: Partial<TaskMessage> = {}): TaskMessage => ({
  version: messageVersion,
  taskId: newTaskId(noon),
  revision: 1,
  type: "echo",
  payload: { message: "hello" },
  requestId: "request-1",
  ...values,
});

let records = 0;

/** An SQS record of the worker's event. */
export function aRecord(body: string | TaskMessage, receiveCount = 1): SQSRecord {
  records += 1;
  return {
    messageId: `message-${records}`,
    receiptHandle: `handle-${records}`,
    body: typeof body === "string" ? body : encodeMessage(body),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: "0",
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks",
    awsRegion: "eu-central-1",
  };
}
