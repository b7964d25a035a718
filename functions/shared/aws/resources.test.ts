import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import * as z from "zod/mini";
import { resourceVariables } from "../runtime/resource-variables";
import { recordTable } from "./dynamodb/record-table";
import { bucket } from "./s3/bucket";
import { messageQueue } from "./sqs/message-queue";

jest.mock("../../service", () => ({
  ...jest.requireActual<object>("../../service"),
  tables: { customers: { name: "customers", partitionKey: "id" } },
}));

const [sqs, s3, dynamo] = [mockClient(SQSClient), mockClient(S3Client), mockClient(DynamoDBDocumentClient)];
// The service has no such table and bucket.
const [customers, files] = ["customers" as never, "files" as never];
const url = "https://sqs.eu-central-1.amazonaws.com/111111111111/tasks-dev-tasks";
const variables = {
  [resourceVariables.queue("task")]: url,
  [resourceVariables.table(customers)]: "tasks-dev-customers",
  [resourceVariables.bucket(files)]: "tasks-dev-files-111111111111",
  AWS_REGION: "eu-central-1",
};
beforeEach(() => {
  for (const each of [sqs, s3, dynamo]) each.reset();
  Object.assign(process.env, variables);
});

test("the variables of resources are in upper case", () => {
  expect(Object.keys(variables).slice(0, 3)).toEqual(["TASK_QUEUE_URL", "CUSTOMERS_TABLE", "FILES_BUCKET"]);
});

test("a queue sends messages of its schema as they are, and no others", async () => {
  const queue = messageQueue("task", z.strictObject({ at: z.iso.datetime() }));
  await queue.send({ at: "2026-03-01T12:00:00Z" });
  await expect(queue.send({ at: "noon" })).rejects.toThrow();
  expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
    { QueueUrl: url, MessageBody: '{"at":"2026-03-01T12:00:00Z"}' },
  ]);
});

test("without permissions on a resource, its use fails and names the file", async () => {
  Reflect.deleteProperty(process.env, "TASK_QUEUE_URL");
  await expect(messageQueue("task", z.object({})).send({})).rejects.toThrow(
    "The variable TASK_QUEUE_URL is not set: expected permissions on its resource in the function's permissions.ts",
  );
});

test("a bucket writes and reads objects; a missing one is undefined, another error is an error", async () => {
  const own = bucket(files);
  await own.put("a.txt", "hello", "text/plain");
  const at = { Bucket: "tasks-dev-files-111111111111", Key: "a.txt" };
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
    ...at,
    Body: "hello",
    ContentType: "text/plain",
  });
  s3.on(GetObjectCommand, at).resolves({
    Body: { transformToByteArray: () => Promise.resolve(Buffer.from("hello")) } as never,
  });
  expect(Buffer.from((await own.get("a.txt")) ?? []).toString()).toBe("hello");
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: "none", $metadata: {} }));
  expect(await own.get("b.txt")).toBeUndefined();
  s3.on(GetObjectCommand).rejects(new Error("denied"));
  await expect(own.get("b.txt")).rejects.toThrow("denied");
});

test("a table reads, writes and deletes records of its schema", async () => {
  const table = recordTable(customers, z.strictObject({ id: z.string(), name: z.string() }));
  const TableName = "tasks-dev-customers";
  await table.put({ id: "1", name: "Ada" });
  expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
    TableName,
    Item: { id: "1", name: "Ada" },
  });
  dynamo
    .on(GetCommand)
    .resolvesOnce({ Item: { id: "1", name: "Ada" } })
    .resolvesOnce({});
  expect(await table.get("1")).toEqual({ id: "1", name: "Ada" });
  expect(await table.get("2")).toBeUndefined();
  dynamo.on(GetCommand).resolves({ Item: { id: "1" } });
  await expect(table.get("1")).rejects.toThrow();
  await table.delete("1");
  expect(dynamo.commandCalls(DeleteCommand)[0]?.args[0].input).toEqual({ TableName, Key: { id: "1" } });
});
