import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { documentClient } from "../../shared/aws/clients";
import { DynamoTaskRepository } from "../../shared/aws/dynamodb/dynamo-task-repository";
import { newTaskItem } from "../../shared/aws/dynamodb/task-item";
import { newTaskId } from "../../shared/tasks/task-id";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { silentLogWith } from "../../shared/testing/silent-log";
import { processBatch } from "../../worker/batch/process-batch";
import { noonDependencies } from "../../worker/testing/noon-dependencies";
import { testApi } from "../testing/test-api";

process.env.AWS_REGION = "eu-central-1";
const dynamo = mockClient(DynamoDBDocumentClient);
const repository = new DynamoTaskRepository(documentClient(), "tasks", { now: () => noon });
beforeEach(() => dynamo.reset());

/** Three tasks, newest first, of which the service cannot read the second. */
const ids = [0, 1, 2].map((at) => newTaskId(new Date(noon.getTime() - at)));
const spoilt = (values: object) =>
  ids.map((id, at) => ({ ...newTaskItem(aTask({ id }), { requestId: "r" }), ...(at === 1 ? values : {}) }));

/** An API on a table that holds these, with the lines that it logs. */
function setUp(values: object) {
  dynamo
    .on(QueryCommand)
    .resolvesOnce({ Items: ids.map((id) => ({ id })) })
    .resolves({ Items: [] });
  dynamo.on(BatchGetCommand).resolves({ Responses: { tasks: spoilt(values) } });
  dynamo.on(GetCommand).resolves({ Item: spoilt(values)[1] });
  const logged: unknown[] = [];
  const error = (_message: string, line?: object) => void logged.push(line);
  return { ...testApi({ repository, log: silentLogWith({ error }) }), logged };
}

test.each<[string, object]>([
  ["null as its result", { state: "succeeded", result: null }],
  ["a string as its result", { result: "done" }],
  ["a list as its payload", { payload: [] }],
  ["an unknown state", { state: "paused" }],
  ["no id", { id: undefined }],
  ["a time that is none", { createdAt: "yesterday" }],
  ["attempts below zero", { attempts: -1 }],
])("a task with %s is listed by its id and logged, and the others are listed", async (_what, values) => {
  const { api, logged } = setUp(values);
  const { body } = await api.get("/tasks").expect(200);
  expect(body).toEqual({
    tasks: [expect.objectContaining({ id: ids[0] }), expect.objectContaining({ id: ids[2] })],
    unreadable: [ids[1]],
  });
  expect(logged).toEqual([{ count: 1, taskIds: [ids[1]] }]);
});

test("a page can end with an unreadable task, and the next page starts after it", async () => {
  const { api } = setUp({ result: null });
  const { body: page } = (await api.get("/tasks?limit=2").expect(200)) as { body: { cursor: string } };
  expect(page).toMatchObject({ tasks: [{ id: ids[0] }], unreadable: [ids[1]], cursor: expect.any(String) });
  await api.get(`/tasks?cursor=${page.cursor}`).expect(200);
  expect(dynamo.commandCalls(QueryCommand).at(-1)?.args[0].input.ExpressionAttributeValues).toMatchObject({
    ":bound": ids[1],
  });
});

test("a page without unreadable tasks has no such list", async () => {
  const { api } = setUp({});
  expect((await api.get("/tasks").expect(200)).body).not.toHaveProperty("unreadable");
});

test.each(["get", "post"] as const)(
  "a single unreadable task (%s) is a problem without Retry-After",
  async (method) => {
    const { api, logged } = setUp({ result: null });
    const [, item = {}] = spoilt({ result: null });
    const refusal = {
      $metadata: {},
      message: "refused",
      Item: marshall(item, { removeUndefinedValues: true }),
    };
    dynamo.on(UpdateCommand).rejects(new ConditionalCheckFailedException(refusal));
    const path = `/tasks/${ids[1] ?? ""}${method === "post" ? "/retry" : ""}`;
    const { body, headers } = await api[method](path).expect(500);
    expect(body).toMatchObject({ type: "/problems/unreadable-task", status: 500 });
    expect(headers).not.toHaveProperty("retry-after");
    expect(logged).toMatchObject([{ count: 1 }]);
  },
);

test("its message fails alone, and is kept for a version that can read it", async () => {
  const [, item] = spoilt({ payload: [] });
  dynamo.on(UpdateCommand).resolves({ Attributes: item });
  const queue = new MemoryTaskQueue();
  const record = aRecord(aMessage({ taskId: ids[1] ?? "" }));
  const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };
  const dependencies = { ...noonDependencies, repository, queue };
  expect(await processBatch([record], settings, dependencies)).toEqual({
    batchItemFailures: [{ itemIdentifier: record.messageId }],
  });
  expect(queue.visibilityChanges).toEqual([]);
});
