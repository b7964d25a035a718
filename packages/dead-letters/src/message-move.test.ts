import { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { success } from "../../aws-stub/src/aws-responses";
import { startAwsStub, type AwsStub } from "../../aws-stub/src/aws-stub";
import { moveAllMessages } from "./message-move";

const sourceArn = "arn:aws:sqs:eu-central-1:111111111111:dead";
const destinationArn = "arn:aws:sqs:eu-central-1:111111111111:source";
const started = z.object({
  SourceArn: z.literal(sourceArn),
  DestinationArn: z.literal(destinationArn),
  MaxNumberOfMessagesPerSecond: z.number().optional(),
});

/** Message move tasks as SQS has them: a task moves 2 messages between two calls of ListMessageMoveTasks. */
let stub: AwsStub;
let task: { Status: string; moved: number; FailureReason?: string } | undefined;
let starts: z.output<typeof started>[];
let ends: string;
beforeEach(async () => {
  [task, starts, ends] = [undefined, [], "COMPLETED"];
  stub = await startAwsStub(({ operation, body }) => {
    if (operation === "AmazonSQS.StartMessageMoveTask") {
      starts.push(started.parse(JSON.parse(body)));
      task = { Status: "RUNNING", moved: 0 };
      return success({ TaskHandle: "handle" });
    }
    if (operation !== "AmazonSQS.ListMessageMoveTasks") return undefined;
    if (task?.Status === "RUNNING") {
      task.moved += 2;
      if (task.moved >= 6) task = { ...task, Status: ends, FailureReason: "AWS.KMS.AccessDenied" };
    }
    const { moved = 0, ...values } = task ?? {};
    const numbers = { ApproximateNumberOfMessagesMoved: moved, ApproximateNumberOfMessagesToMove: 6 };
    return success({ Results: task === undefined ? [] : [{ SourceArn: sourceArn, ...values, ...numbers }] });
  });
});
afterEach(() => {
  stub.stop();
});

const move = (rate?: number, onProgress?: (moved: number) => void) => {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const sqs = new SQSClient({ region: "eu-central-1", endpoint: stub.endpoint, credentials, maxAttempts: 1 });
  return moveAllMessages(sqs, {
    sourceArn,
    destinationArn,
    rate,
    pollMilliseconds: 1,
    ...(onProgress && { onProgress }),
  });
};

test("SQS moves all messages to the named queue, and the progress is reported", async () => {
  const progress: number[] = [];
  expect(await move(undefined, (moved) => progress.push(moved))).toBe(6);
  expect(starts).toEqual([{ SourceArn: sourceArn, DestinationArn: destinationArn }]);
  expect(progress).toEqual([2, 4, 6]);
});

test("the rate is limited to what SQS accepts", async () => {
  await move(20);
  await move(1_000);
  expect(starts.map(({ MaxNumberOfMessagesPerSecond }) => MaxNumberOfMessagesPerSecond)).toEqual([20, 500]);
});

test("a task that is running, since the command was killed, is waited for and not started again", async () => {
  task = { Status: "RUNNING", moved: 0 };
  expect(await move()).toBe(6);
  expect(starts).toEqual([]);
});

test("a task that fails is reported with its reason, and the next move starts another", async () => {
  ends = "FAILED";
  await expect(move()).rejects.toThrow("FAILED after 6 messages: AWS.KMS.AccessDenied");
  ends = "COMPLETED";
  expect(await move()).toBe(6);
  expect(starts).toHaveLength(2);
});
