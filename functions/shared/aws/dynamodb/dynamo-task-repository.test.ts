import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { documentClient } from "../clients";
import { DynamoTaskRepository } from "./dynamo-task-repository";
import { allShards } from "./shards";
import { newTaskItem } from "./task-item";
import { LostLeaseError } from "../../tasks/task-repository";
import { aTask, noon } from "../../testing/builders";

process.env.AWS_REGION = "eu-central-1";
const dynamo = mockClient(DynamoDBDocumentClient);
const repository = new DynamoTaskRepository(documentClient(), "tasks", () => noon);
const deadline = new Date(noon.getTime() + 30_000);
beforeEach(() => dynamo.reset());

const refused = (item?: Record<string, unknown>) =>
  new ConditionalCheckFailedException({
    $metadata: {},
    message: "refused",
    ...(item && { Item: marshall(item) }),
  });
const itemOf = (values: Parameters<typeof aTask>[0]) => newTaskItem(aTask(values), "request-1");

test("a new task and its outbox mark are one write, refused if another request has created the task", async () => {
  const task = aTask();
  dynamo
    .on(PutCommand)
    .resolvesOnce({})
    .rejectsOnce(refused(newTaskItem(task, "request-1")));
  expect(await repository.create(task, "request-1")).toEqual({ outcome: "created" });
  expect(await repository.create(task, "request-2")).toEqual({ outcome: "exists" });
  const [call] = dynamo.commandCalls(PutCommand);
  expect(call?.args[0].input).toMatchObject({
    ConditionExpression: "attribute_not_exists(pk)",
    Item: {
      pk: `TASK#${task.id}`,
      state: "pending",
      outboxKey: task.id,
      listKey: task.id,
      stateKey: task.id,
    },
  });
});

test("a write that is repeated after a lost response succeeds", async () => {
  const task = aTask();
  dynamo.on(PutCommand).rejects(refused(newTaskItem(task, "request-1")));
  expect(await repository.create(task, "request-1")).toEqual({ outcome: "created" });
});

test("marking a task published never overwrites a worker's write", async () => {
  dynamo.on(UpdateCommand).rejects(refused());
  await repository.markPublished({ taskId: aTask().id, revision: 1 });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: "#state IN (:pending) AND #revision <= :ofMessage",
    UpdateExpression: expect.stringContaining("REMOVE #outboxShard, #outboxKey"),
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

test("a claim counts the attempt, sets the lease and clears the outbox mark", async () => {
  dynamo.on(UpdateCommand).resolves({ Attributes: itemOf({ state: "running", attempts: 1 }) });
  expect(await repository.claim({ taskId: aTask().id, revision: 1 }, deadline)).toMatchObject({
    outcome: "claimed",
    task: { attempts: 1 },
  });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    UpdateExpression: expect.stringMatching(
      /SET .*#leaseEnds = :leaseEnds, #attempts = #attempts \+ :one REMOVE #outboxShard/,
    ),
    ConditionExpression: expect.not.stringContaining(":running"),
    ExpressionAttributeValues: { ":leaseEnds": deadline.getTime(), ":one": 1 },
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

test("effect and success are one transaction, which succeeds after a lost response", async () => {
  dynamo.on(TransactWriteCommand).resolves({});
  const claimed = aTask({ state: "running", attempts: 3 });
  await repository.succeed(claimed, { message: "done" });
  expect(dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input).toMatchObject({
    ClientRequestToken: `${claimed.id}-3`,
    TransactItems: [
      { Update: { ConditionExpression: "#state = :running AND #attempts = :attempts" } },
      { Put: { Item: { sk: "EFFECT" }, ConditionExpression: "attribute_not_exists(pk)" } },
    ],
  });
});

test("success is refused when another attempt has started; other errors are thrown", async () => {
  const cancelled = (Code: string) =>
    new TransactionCanceledException({
      $metadata: {},
      message: "cancelled",
      CancellationReasons: [{ Code }],
    });
  dynamo
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled("ConditionalCheckFailed"))
    .rejectsOnce(cancelled("TransactionConflict"));
  await expect(repository.succeed(aTask(), {})).rejects.toThrow(LostLeaseError);
  await expect(repository.succeed(aTask(), {})).rejects.toThrow(TransactionCanceledException);
});

test("clients do not see attributes of the service", async () => {
  const task = aTask();
  dynamo.on(GetCommand).resolves({ Item: { ...newTaskItem(task, "request-1"), leaseEnds: 5 } });
  expect(await repository.get(task.id)).toEqual(task);
});

test("a list queries each shard of the index, up to its limit", async () => {
  dynamo.on(QueryCommand).resolves({ Items: [] });
  await repository.list({ limit: 20 });
  await repository.list({ limit: 20, state: "failed", type: "echo", before: "01B" });
  const asked = dynamo.commandCalls(QueryCommand).map((call) => call.args[0].input);
  const places = asked.map(
    ({ IndexName, ExpressionAttributeValues: values }) =>
      `${IndexName ?? ""} ${String(values?.[":partition"])}`,
  );
  expect(places).toEqual([
    ...allShards.map((shard) => `by-creation LIST#${shard}`),
    ...allShards.map((shard) => `by-state failed#${shard}`),
  ]);
  expect(asked.at(-1)).toMatchObject({
    Limit: 20,
    ScanIndexForward: false,
    FilterExpression: "#type = :type",
    ExpressionAttributeValues: { ":before": "01B", ":type": "echo" },
  });
});
