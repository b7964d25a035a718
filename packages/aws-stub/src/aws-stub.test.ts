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
  cut,
  emptyError,
  noQueue,
  throttled,
  transactionCanceled,
} from "./aws-responses";
import { startAwsStub, type AwsResponse, type AwsStub } from "./aws-stub";

let stub: AwsStub;
/** What the next calls are answered. */
let answers: AwsResponse[];
beforeEach(async () => {
  // The SDK tries again at once.
  jest.spyOn(Math, "random").mockReturnValue(0);
  answers = [];
  stub = await startAwsStub(() => answers.shift());
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

test("the SDK takes its answers for those of SQS and DynamoDB", async () => {
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

test("a call that it does not know fails, so that nothing is measured that did not happen", async () => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...config(), maxAttempts: 1 }));
  await expect(documents.send(new ScanCommand({ TableName: "tasks" }))).rejects.toThrow();
  documents.destroy();
});

/** A write of which the first calls are answered so. */
async function put(...given: readonly AwsResponse[]) {
  answers = [...given];
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...config(), maxAttempts: 3 }));
  try {
    return await documents.send(new PutCommand({ TableName: "tasks", Item: { pk: "1" } }));
  } finally {
    documents.destroy();
  }
}

test("the SDK takes errors of DynamoDB for what they are", async () => {
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

test("the SDK tries again what may go well the next time", async () => {
  await expect(put(throttled, emptyError)).resolves.toBeDefined();
  await expect(put(cut, cut)).resolves.toBeDefined();
  await expect(put(...always(throttled))).rejects.toThrow(ProvisionedThroughputExceededException);
  expect(stub.calls.get("DynamoDB_20120810.PutItem")).toBe(9);
});

test("the SDK knows an error of SQS by its name", async () => {
  answers = [noQueue];
  const QueueUrl = `${stub.endpoint}/111111111111/tasks`;
  const sqs = new SQSClient(config());
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }))).rejects.toMatchObject({
    name: "QueueDoesNotExist",
  });
  sqs.destroy();
});
