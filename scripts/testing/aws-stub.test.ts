import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { startAwsStub, type AwsStub } from "./aws-stub";

let stub: AwsStub;
beforeEach(async () => {
  stub = await startAwsStub();
});
afterEach(() => {
  stub.stop();
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
