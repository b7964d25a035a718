import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { documentClient } from "../clients";
import { DynamoTaskRepository } from "./dynamo-task-repository";
import { allShards, shardOf } from "./shards";
import { newTaskItem } from "./task-item";
import { LostLeaseError, type ListQuery } from "../../tasks/task-repository";
import { aTask, noon } from "../../testing/builders";

process.env.AWS_REGION = "eu-central-1";
const dynamo = mockClient(DynamoDBDocumentClient);
const repository = new DynamoTaskRepository(documentClient(), "tasks", { now: () => noon });
const deadline = new Date(noon.getTime() + 30_000);
beforeEach(() => dynamo.reset());

const refused = (item?: Record<string, unknown>) =>
  new ConditionalCheckFailedException({
    $metadata: {},
    message: "refused",
    ...(item && { Item: marshall(item) }),
  });
const itemOf = (values: Parameters<typeof aTask>[0]) =>
  newTaskItem(aTask(values), { requestId: "request-1" });

test("a new task and its index entries are one write, refused if another request has created the task", async () => {
  const task = aTask();
  dynamo
    .on(PutCommand)
    .resolvesOnce({})
    .rejectsOnce(refused(newTaskItem(task, { requestId: "request-1" })));
  expect(await repository.create(task, { requestId: "request-1" })).toEqual({ outcome: "created" });
  expect(await repository.create(task, { requestId: "request-2" })).toEqual({ outcome: "exists" });
  const [call] = dynamo.commandCalls(PutCommand);
  expect(call?.args[0].input).toMatchObject({
    ConditionExpression: "attribute_not_exists(pk)",
    Item: {
      pk: `TASK#${task.id}`,
      state: "pending",
      stateShard: `pending#${shardOf(task.id)}`,
      progressShard: `open#${shardOf(task.id)}`,
      typeShard: `echo#${shardOf(task.id)}`,
    },
  });
});

test("a write that is repeated after a lost response succeeds", async () => {
  const task = aTask();
  dynamo.on(PutCommand).rejects(refused(newTaskItem(task, { requestId: "request-1" })));
  expect(await repository.create(task, { requestId: "request-1" })).toEqual({ outcome: "created" });
});

test("marking a task published never overwrites a worker's write", async () => {
  dynamo.on(UpdateCommand).rejects(refused());
  await repository.markPublished({ taskId: aTask().id, revision: 1 });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: "#state IN (:pending) AND #revision <= :ofMessage",
    UpdateExpression: expect.stringMatching(/REMOVE .*#stateShard/),
  });
});

test.each([
  ["finished", itemOf({ state: "succeeded" }), { outcome: "finished", task: { state: "succeeded" } }],
  ["cancelled", itemOf({ state: "cancelled" }), { outcome: "finished", task: { state: "cancelled" } }],
  [
    "held by another worker",
    { ...itemOf({ state: "running" }), leaseEnds: deadline.getTime() },
    { outcome: "busy" },
  ],
  [
    "whose worker ended",
    { ...itemOf({ state: "running", attempts: 2 }), leaseEnds: 1 },
    { outcome: "interrupted", attempts: 2 },
  ],
  ["of a newer revision", itemOf({ state: "queued", revision: 2 }), { outcome: "stale" }],
  ["not there", undefined, { outcome: "unknown" }],
])("claiming a task that is %s changes nothing", async (_what, item, outcome) => {
  dynamo.on(UpdateCommand).rejects(refused(item));
  expect(await repository.claim({ taskId: aTask().id, revision: 1 }, deadline)).toMatchObject(outcome);
});

test("a claim counts the attempt, sets the lease and takes the task out of the outbox", async () => {
  dynamo.on(UpdateCommand).resolves({ Attributes: itemOf({ state: "running", attempts: 1 }) });
  const { id } = aTask();
  expect(await repository.claim({ taskId: id, revision: 1 }, deadline)).toMatchObject({
    outcome: "claimed",
    task: { attempts: 1 },
  });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    UpdateExpression: expect.stringMatching(
      /SET .*#leaseEnds = :leaseEnds, .*#attempts = #attempts \+ :one REMOVE/,
    ),
    ConditionExpression: expect.not.stringContaining(":running"),
    ExpressionAttributeValues: {
      ":leaseEnds": deadline.getTime(),
      ":one": 1,
      ":stateShard": `running#${shardOf(id)}`,
    },
  });
});

test("a task whose worker ended is claimed by an exclusive claim", async () => {
  dynamo.on(UpdateCommand).resolves({ Attributes: itemOf({ state: "running", attempts: 2 }) });
  await repository.claim({ taskId: aTask().id, revision: 1 }, deadline, true);
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: expect.stringContaining("OR (#state = :running AND #leaseEnds < :now)"),
    ExpressionAttributeValues: { ":running": "running", ":now": noon.getTime() },
  });
});

test("effect and success are one write, which succeeds after a lost response", async () => {
  const claimed = aTask({ state: "running", attempts: 3 });
  const recorded = { ...itemOf({ state: "succeeded", attempts: 3 }) };
  dynamo.on(UpdateCommand).resolvesOnce({}).rejectsOnce(refused(recorded));
  await repository.succeed(claimed, { message: "done" });
  await repository.succeed(claimed, { message: "done" });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: "#state = :running AND #attempts = :attempts",
    UpdateExpression: expect.stringMatching(/#result = :result.*#effects = #effects \+ :one/),
  });
});

test.each([
  ["another attempt has started", itemOf({ state: "running", attempts: 4 })],
  ["another attempt has succeeded", itemOf({ state: "succeeded", attempts: 4 })],
  ["the task is gone", undefined],
])("success is refused when %s", async (_what, item) => {
  dynamo.on(UpdateCommand).rejects(refused(item));
  const attempt = repository.succeed(aTask({ state: "running", attempts: 3 }), {});
  await expect(attempt).rejects.toThrow(LostLeaseError);
});

test("errors of DynamoDB are thrown", async () => {
  dynamo.on(UpdateCommand).rejects(new Error("throttled"));
  await expect(repository.succeed(aTask(), {})).rejects.toThrow("throttled");
});

test("clients do not see attributes of the service", async () => {
  const task = aTask();
  dynamo
    .on(GetCommand)
    .resolves({ Item: { ...newTaskItem(task, { requestId: "request-1" }), leaseEnds: 5 } });
  expect(await repository.get(task.id)).toEqual(task);
});

test.each<[Omit<ListQuery, "limit">, readonly string[], object]>([
  [{}, ["by-progress open", "by-progress done"], { Limit: 10 }],
  [{ type: "echo" }, ["by-type echo"], { Limit: 10 }],
  [{ state: "failed" }, ["by-state failed"], { Limit: 10 }],
  [
    { state: "failed", type: "echo", before: "01B" },
    ["by-state failed"],
    {
      Limit: 100,
      FilterExpression: "#type = :type",
      ExpressionAttributeValues: { ":bound": "01B", ":type": "echo" },
    },
  ],
  [{ state: "succeeded" }, ["by-progress done"], { Limit: 100, FilterExpression: "#outcome = :outcome" }],
  [{ state: "queued" }, ["by-progress open"], { Limit: 100 }],
  [{ state: "queued", type: "echo" }, ["by-type echo"], { Limit: 100 }],
])("a list by %j queries the partitions %j of each shard", async (query, partitions, input) => {
  dynamo.on(QueryCommand).resolves({ Items: [] });
  expect(await repository.list({ limit: 20, ...query })).toEqual({ tasks: [], next: undefined });
  const calls = dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
  const queried = calls.map(
    ({ IndexName, ExpressionAttributeValues: values }) =>
      `${IndexName ?? ""} ${String(values?.[":partition"])}`,
  );
  expect(queried).toEqual(
    allShards.flatMap((shard) => partitions.map((partition) => `${partition}#${shard}`)),
  );
  for (const call of calls) expect(call).toMatchObject({ ScanIndexForward: false, ...input });
});
