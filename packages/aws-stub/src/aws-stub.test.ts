import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import {
  always,
  conditionFailed,
  disconnected,
  emptyError,
  noQueue,
  throttled,
  transactionCanceled,
} from "./aws-responses";
import { startAwsStub, type AwsResponse, type AwsStub } from "./aws-stub";

let stub: AwsStub;
/** Responses to the next calls. */
let responses: AwsResponse[];
beforeEach(async () => {
  // The SDK retries without a delay.
  jest.spyOn(Math, "random").mockReturnValue(0);
  responses = [];
  stub = await startAwsStub(() => responses.shift());
});
afterEach(() => {
  stub.stop();
  jest.restoreAllMocks();
});

const config = () => ({
  endpoint: stub.endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
});

test("the SDK accepts its responses as those of SQS and DynamoDB", async () => {
  const QueueUrl = `${stub.endpoint}/111111111111/tasks`;
  const sqs = new SQSClient(config());
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }))).resolves.toMatchObject({
    MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592",
  });
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config()));
  await documents.send(new PutCommand({ TableName: "tasks", Item: { pk: "1" } }));
  expect([...stub.calls]).toEqual([
    ["AmazonSQS.SendMessage", 1],
    ["DynamoDB_20120810.PutItem", 1],
  ]);
  sqs.destroy();
  documents.destroy();
});

test("an unknown operation fails", async () => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...config(), maxAttempts: 1 }));
  await expect(documents.send(new ScanCommand({ TableName: "tasks" }))).rejects.toThrow();
  documents.destroy();
});

/** Writes an item; its first attempts get these responses. */
async function put(...first: readonly AwsResponse[]) {
  responses = [...first];
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...config(), maxAttempts: 3 }));
  try {
    return await documents.send(new PutCommand({ TableName: "tasks", Item: { pk: "1" } }));
  } finally {
    documents.destroy();
  }
}

test("the SDK parses errors of DynamoDB", async () => {
  const refused: unknown = await put(conditionFailed({ pk: "1", list: [1] })).catch(
    (error: unknown) => error,
  );
  if (!(refused instanceof ConditionalCheckFailedException)) throw new Error("It is another error");
  expect(unmarshall(refused.Item ?? {})).toEqual({ pk: "1", list: [1] });

  const cancelled: unknown = await put(transactionCanceled("None", "TransactionConflict")).catch(
    (error: unknown) => error,
  );
  if (!(cancelled instanceof TransactionCanceledException)) throw new Error("It is another error");
  expect(cancelled.CancellationReasons).toMatchObject([{ Code: "None" }, { Code: "TransactionConflict" }]);
});

test("the SDK retries retryable errors", async () => {
  await expect(put(throttled, emptyError)).resolves.toBeDefined();
  await expect(put(disconnected, disconnected)).resolves.toBeDefined();
  await expect(put(...always(throttled))).rejects.toThrow(ProvisionedThroughputExceededException);
  expect(stub.calls.get("DynamoDB_20120810.PutItem")).toBe(9);
});

test("the SDK parses an error of SQS", async () => {
  responses = [noQueue];
  const QueueUrl = `${stub.endpoint}/111111111111/tasks`;
  const sqs = new SQSClient(config());
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }))).rejects.toMatchObject({
    name: "QueueDoesNotExist",
  });
  sqs.destroy();
});
