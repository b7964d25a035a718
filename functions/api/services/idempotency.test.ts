import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { documentClient } from "../../shared/aws/clients";
import { DynamoTaskRepository } from "../../shared/aws/dynamodb/dynamo-task-repository";
import { shardOf } from "../../shared/aws/dynamodb/shards";
import { aTask, noon } from "../../shared/testing/builders";
import { recordedMetrics } from "../../shared/testing/recorded-metrics";
import { readGatewayRequest } from "../lambda/gateway-request";
import { idempotencyOf } from "./idempotency";
import { principalOf, type Authorizer } from "./principal";
import { testApi } from "../testing/test-api";

const echo = (message: string) => ({ type: "echo", payload: { message } });
const key = { "idempotency-key": "a3c1" };
const token = (iss: string, sub: string): Authorizer => ({ jwt: { claims: { iss, sub } } });

test("the same request with the same key creates one task, and gets the same response", async () => {
  const { metrics, documents } = recordedMetrics();
  const { api, queue } = testApi({ metrics });
  const first = await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  const again = await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  expect(again.body).toEqual(first.body);
  expect(again.headers.location).toBe(first.headers.location);
  expect(queue.messages).toHaveLength(1);
  expect(documents()).toMatchObject([{ Type: "echo", TasksAccepted: 1 }, { IdempotentReplays: 1 }]);
});

test("the same key with another body is refused", async () => {
  const { api, queue } = testApi();
  await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  const { body } = await api.post("/tasks").set(key).send(echo("bye")).expect(422);
  expect(body).toMatchObject({ type: "/problems/idempotency-key-mismatch" });
  expect(queue.messages).toHaveLength(1);
});

const deployer = "arn:aws:sts::111111111111:assumed-role/Deploy";

test.each<[string, Authorizer, Authorizer, number]>([
  ["a role on two hosts", { iam: { userArn: `${deployer}/1` } }, { iam: { userArn: `${deployer}/2` } }, 1],
  ["two roles", { iam: { userArn: `${deployer}/1` } }, { iam: { userArn: `${deployer}er/1` } }, 2],
  ["two subjects", token("https://a", "alice"), token("https://a", "bob"), 2],
  ["one subject of two issuers", token("https://a", "alice"), token("https://b", "alice"), 2],
  ["no authorization", {}, {}, 1],
])("one key of %s", async (_what, first, second, tasks) => {
  let authorizer = first;
  const requestContext = () => ({ requestId: "r", routeKey: "POST /tasks", authorizer });
  const { api, queue } = testApi({
    gatewayRequest: () => readGatewayRequest({ requestContext: requestContext() }),
  });
  await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  authorizer = second;
  await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  expect(queue.messages).toHaveLength(tasks);
});

test("another key is another task", async () => {
  const { api, queue } = testApi();
  await api.post("/tasks").set(key).send(echo("hello")).expect(202);
  await api.post("/tasks").set("idempotency-key", "other").send(echo("hello")).expect(202);
  expect(queue.messages).toHaveLength(2);
});

test("a key is free again after a day", async () => {
  const { api, queue, repository } = testApi();
  const yesterday = new Date(noon.getTime() - 24 * 3_600_000 - 1);
  const caller = { requestId: "r", principal: principalOf() };
  const old = idempotencyOf("a3c1", "createTask", caller, echo("old"), yesterday);
  await repository.create(aTask(), { requestId: "r" }, old);
  await api.post("/tasks").set(key).send(echo("new")).expect(202);
  expect(queue.messages).toHaveLength(1);
});

test.each([
  ["has a space", "a b"],
  ["is empty", ""],
  ["is too long", "x".repeat(256)],
  ["is not ASCII", "\u00fc"],
])("a key that %s is refused", async (_what, bad) => {
  const { api } = testApi();
  const { body } = await api.post("/tasks").set("idempotency-key", bad).send(echo("hello")).expect(400);
  expect(body).toMatchObject({
    type: "/problems/invalid-header",
    errors: [{ pointer: "idempotency-key" }],
  });
});

test("a request whose key is in progress is 409 with Retry-After", async () => {
  const { api, repository } = testApi();
  repository.hasConflict = true;
  const { body, headers } = await api.post("/tasks").set(key).send(echo("hello")).expect(409);
  expect(body).toMatchObject({ type: "/problems/idempotency-request-in-progress" });
  expect(headers["retry-after"]).toBe("1");
});

test("without a table a key is refused", async () => {
  const { api, queue } = testApi({ repository: undefined });
  const { body } = await api.post("/tasks").set(key).send(echo("hello")).expect(501);
  expect(body).toMatchObject({ type: "/problems/idempotency-unavailable" });
  expect(queue.messages).toEqual([]);
});

test("payloads with another order of keys are equal", () => {
  const hash = (payload: unknown) =>
    idempotencyOf("k", "createTask", { requestId: "r", principal: "p" }, payload, noon).payloadHash;
  expect(hash({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(hash({ b: { d: 2, c: [1, 2] }, a: 1 }));
  expect(hash({ a: [1, 2] })).not.toBe(hash({ a: [2, 1] }));
});

describe("in the table", () => {
  process.env.AWS_REGION = "eu-central-1";
  const dynamo = mockClient(DynamoDBDocumentClient);
  const repository = new DynamoTaskRepository(documentClient(), "tasks", { now: () => noon });
  const task = aTask();
  const wish = { scope: "s", payloadHash: "hash", expiresAt: new Date(noon.getTime() + 1000) };
  const record = { pk: "k", sk: "IDEMPOTENCY", requestId: "request-1", payloadHash: "hash", task };
  const cancelled = (Code: string) =>
    new TransactionCanceledException({ $metadata: {}, message: "no", CancellationReasons: [{ Code }] });
  beforeEach(() => dynamo.reset());

  test("task with outbox entry and record are one transaction; an expired record does not count", async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    expect(await repository.create(task, { requestId: "request-1" }, wish)).toEqual({ outcome: "created" });
    expect(dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input).toMatchObject({
      ClientRequestToken: task.id,
      TransactItems: [
        { Put: { Item: { state: "pending", stateShard: `pending#${shardOf(task.id)}` } } },
        {
          Put: {
            Item: { payloadHash: "hash", expiresAt: Math.floor(noon.getTime() / 1000) + 1 },
            ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
          },
        },
      ],
    });
  });

  test.each([
    ["of the same request: its own, the reply was lost", "request-1", "hash", { outcome: "created" }],
    ["of another request", "request-2", "hash", { outcome: "replayed", task }],
    ["of another payload", "request-2", "other", { outcome: "mismatch" }],
  ])("a record %s", async (_what, requestId, payloadHash, outcome) => {
    dynamo.on(TransactWriteCommand).rejects(cancelled("ConditionalCheckFailed"));
    dynamo.on(GetCommand).resolves({ Item: record });
    expect(await repository.create(task, { requestId }, { ...wish, payloadHash })).toEqual(outcome);
  });

  test("a transaction conflict is a request in progress; other errors are thrown", async () => {
    dynamo
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled("TransactionConflict"))
      .rejectsOnce(new ConditionalCheckFailedException({ $metadata: {}, message: "odd" }));
    expect(await repository.create(task, { requestId: "r" }, wish)).toEqual({ outcome: "inProgress" });
    await expect(repository.create(task, { requestId: "r" }, wish)).rejects.toThrow("odd");
  });
});
