import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import * as fc from "fast-check";
import { sqsClient } from "../clients";
import { maxMessageBytes, messageBytes, type TaskMessage } from "../../tasks/message";
import { batchesOf, maxBatchSize } from "./message-batches";
import { SqsTaskQueue } from "./sqs-task-queue";
import { newTaskId } from "../../tasks/task-id";
import { aMessage, noon } from "../../testing/builders";

process.env.AWS_REGION = "eu-central-1";
const sqs = mockClient(SQSClient);
const queue = new SqsTaskQueue(sqsClient(), "https://queue");
beforeEach(() => sqs.reset());

interface Batch {
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}
const messages = (count: number) =>
  Array.from({ length: count }, () => aMessage({ taskId: newTaskId(noon) }));
const isOf = ({ taskId }: TaskMessage, body: string) => body.includes(taskId);
const named = (name: string) => Object.assign(new Error(name), { name });

/** SQS as it responds to batches, with an error for some messages. */
const answering =
  (failureOf: (body: string) => { readonly Code: string; readonly SenderFault: boolean } | undefined) =>
  ({ Entries }: Batch) => ({
    Successful: Entries.filter(({ MessageBody }) => !failureOf(MessageBody)).map(({ Id }) => ({ Id })),
    Failed: Entries.flatMap(({ Id, MessageBody }) => {
      const failure = failureOf(MessageBody);
      return failure ? [{ Id, ...failure }] : [];
    }),
  });

test("a message that SQS does not confirm is an error", async () => {
  sqs.on(SendMessageCommand).rejects(new Error("throttled"));
  await expect(queue.send(aMessage())).rejects.toThrow("throttled");
});

test("a message is sent with its message group, alone and in a batch", async () => {
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).callsFake(answering(() => undefined));
  const [grouped, alone] = [aMessage({ group: "caller" }), aMessage()];
  await queue.send(grouped);
  await queue.send(alone);
  await queue.sendAll([grouped, alone]);
  const inputs = sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);
  expect(inputs.map((input) => input.MessageGroupId)).toEqual(["caller", undefined]);
  const [batch] = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
  expect(batch?.Entries?.map((entry) => entry.MessageGroupId)).toEqual(["caller", undefined]);
});

test("a message is sent with the trace that X-Ray links, alone and in a batch", async () => {
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).callsFake(answering(() => undefined));
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const xrayTrace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";
  const all = [aMessage({ traceparent }), aMessage({ traceparent, xrayTrace }), aMessage()];
  for (const message of all) await queue.send(message);
  await queue.sendAll(all);
  const alone = sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);
  const [batch] = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
  const header = (StringValue: string) => ({ AWSTraceHeader: { DataType: "String", StringValue } });
  const expected = [
    header("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1"),
    header(xrayTrace),
    undefined,
  ];
  expect(alone.map((input) => input.MessageSystemAttributes)).toEqual(expected);
  expect(batch?.Entries?.map((entry) => entry.MessageSystemAttributes)).toEqual(expected);
});

test("many messages are sent ten in a call, and each confirmed one is returned once", async () => {
  sqs.on(SendMessageBatchCommand).callsFake(answering(() => undefined));
  const all = messages(52);
  const { sent, rejected, failed } = await queue.sendAll(all);
  expect(new Set(sent)).toEqual(new Set(all));
  expect([sent.length, rejected, failed]).toEqual([52, [], []]);
  expect(sqs.commandCalls(SendMessageBatchCommand)).toHaveLength(6);
});

test.each([
  ["InvalidMessageContents", true, "rejected"],
  ["InvalidParameterValue", true, "rejected"],
  // The sender's fault, but temporary: it ends when the permission or the queue is fixed.
  ["AccessDenied", true, "failed"],
  ["RequestThrottled", true, "failed"],
  ["InternalError", false, "failed"],
  ["InvalidMessageContents", false, "failed"],
])(
  "a message of a batch with %s, the sender's fault: %s, is %s, and no other is",
  async (Code, SenderFault, as) => {
    const all = messages(10);
    const [bad, ...good] = all;
    sqs
      .on(SendMessageBatchCommand)
      .callsFake(answering((body) => (bad && isOf(bad, body) ? { Code, SenderFault } : undefined)));
    const report = await queue.sendAll(all);
    expect(report.sent).toEqual(good);
    expect(report.rejected.map(({ message }) => message)).toEqual(as === "rejected" ? [bad] : []);
    expect(report.failed.map(({ message }) => message)).toEqual(as === "failed" ? [bad] : []);
  },
);

test("a batch that SQS refuses as a whole is sent message by message, which identifies the invalid one", async () => {
  const all = messages(10);
  const [bad, throttled, ...good] = all;
  sqs.on(SendMessageBatchCommand).rejects(named("com.amazonaws.sqs#InvalidMessageContents"));
  sqs.on(SendMessageCommand).callsFake(({ MessageBody }: { readonly MessageBody: string }) => {
    if (bad && isOf(bad, MessageBody)) throw named("InvalidMessageContents");
    if (throttled && isOf(throttled, MessageBody)) throw named("RequestThrottled");
    return {};
  });
  const report = await queue.sendAll(all);
  expect(report.sent).toEqual(good);
  expect(report.rejected).toEqual([{ message: bad, code: "InvalidMessageContents" }]);
  expect(report.failed).toEqual([{ message: throttled, error: expect.any(Error) }]);
});

test("a call that fails leaves its messages unpublished, and those of other calls sent", async () => {
  const all = messages(30);
  sqs.on(SendMessageBatchCommand).callsFake((batch: Batch) => {
    if (batch.Entries.some(({ MessageBody }) => all[0] && isOf(all[0], MessageBody)))
      throw named("TimeoutError");
    return answering(() => undefined)(batch);
  });
  const { sent, rejected, failed } = await queue.sendAll(all);
  expect(sent).toEqual(all.slice(10));
  expect(rejected).toEqual([]);
  expect(failed.map(({ message }) => message)).toEqual(all.slice(0, 10));
  expect(sqs.commandCalls(SendMessageCommand)).toEqual([]);
});

test("a message that is neither confirmed nor failed counts as not sent", async () => {
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  const { sent, failed } = await queue.sendAll(messages(3));
  expect([sent.length, failed.length]).toEqual([0, 3]);
});

test("batches contain all messages, in order, and no more than SQS accepts", () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 90, max: 110 }));
  fc.assert(
    fc.property(fc.array(size, { maxLength: 80 }), (sizes) => {
      const batches = [...batchesOf(sizes, (bytes) => bytes, 1_000)];
      expect(batches.flat()).toEqual(sizes);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(maxBatchSize);
        expect(batch.length === 1 || batch.reduce((sum, bytes) => sum + bytes, 0) <= 1_000).toBe(true);
      }
    }),
  );
});

test("messages whose total size exceeds the limit of a call are sent in several calls", async () => {
  sqs.on(SendMessageBatchCommand).callsFake(answering(() => undefined));
  const large = Array.from({ length: 4 }, () =>
    aMessage({ taskId: newTaskId(noon), payload: { text: "é".repeat(50_000) } }),
  );
  expect((await queue.sendAll(large)).sent).toHaveLength(4);
  const calls = sqs.commandCalls(SendMessageBatchCommand);
  expect(calls.map(({ args }) => args[0].input.Entries?.length)).toEqual([2, 2]);
  expect(2 * messageBytes(large[0] ?? aMessage())).toBeLessThanOrEqual(maxMessageBytes);
});
