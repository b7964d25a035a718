import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { sqsClient } from "./clients";
import { SqsTaskQueue } from "./sqs-task-queue";
import { newTaskId } from "./task-id";
import { aMessage, noon } from "./testing/builders";

process.env.AWS_REGION = "eu-central-1";
const sqs = mockClient(SQSClient);
const queue = new SqsTaskQueue(sqsClient(), "https://queue");
beforeEach(() => sqs.reset());

test("a message that SQS does not confirm is an error", async () => {
  sqs.on(SendMessageCommand).rejects(new Error("throttled"));
  await expect(queue.send(aMessage())).rejects.toThrow("throttled");
});

test("of many messages, the confirmed ones are named", async () => {
  const messages = Array.from({ length: 50 }, () => aMessage({ taskId: newTaskId(noon) }));
  const [unlucky, ...lucky] = messages;
  sqs.on(SendMessageCommand).callsFake(({ MessageBody }: { MessageBody: string }) => {
    if (MessageBody.includes(unlucky?.taskId ?? "")) throw new Error("throttled");
    return {};
  });
  expect(await queue.sendAll(messages)).toEqual(lucky);
});
