import { documentClient } from "@serverless-tasks/functions/shared/aws/clients";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { taskKey } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { aTask, noon } from "@serverless-tasks/functions/shared/testing/builders";
import { bytesOfItem } from "@serverless-tasks/functions/shared/testing/dynamo-capacity";
import { DynamoTable } from "@serverless-tasks/functions/shared/testing/dynamo-table";
import { maxConnections } from "../../../deploy/20_infra/store/database-names";
import { limits } from "./limits";
import { optionalNeeds } from "./optional-parts";
import { allWrites, carries, needs, writesOfATask, type Scenario } from "./model";

const scenario: Scenario = {
  tasksPerSecond: 1_000,
  readsOfATask: 1,
  apiMilliseconds: 50,
  apiMemoryMb: 1_024,
  workerMilliseconds: 200,
  workerMemoryMb: 1_024,
  batchSize: 10,
};

/** The units that the repository's writes cost by DynamoDB's rules; the item of the task has 1 KB when it has succeeded. */
async function measuredWrites() {
  process.env.AWS_REGION = "eu-central-1";
  const table = new DynamoTable();
  const repository = new DynamoTaskRepository(documentClient(), "tasks", { retentionDays: 30 });
  const units = () => table.takeCalls().reduce((sum, call) => sum + call.writeUnits, 0);
  const task = aTask({ payload: { message: "x".repeat(320) } });
  const revision = { taskId: task.id, revision: 1 };
  await repository.create(task, { requestId: "Jxjq5hbJliAEPJg=", group: "x".repeat(22) });
  const accepted = units();
  await repository.markPublished(revision);
  const sent = units();
  const claim = await repository.claim(revision, noon);
  const begun = units();
  if (claim.outcome !== "claimed") throw new Error(claim.outcome);
  await repository.succeed(claim.task, { message: "x".repeat(320) });
  const bytes = bytesOfItem(table.find(taskKey(task.id)) ?? {});
  return { bytes, writes: { accepted, sent, begun, succeeded: units() } };
}

test("a task costs 12 write units, as the repository's writes do", async () => {
  const { bytes, writes } = await measuredWrites();
  expect(writes).toEqual(writesOfATask);
  expect(allWrites).toBe(12);
  expect(bytes).toBeGreaterThan(950);
  expect(bytes).toBeLessThanOrEqual(1024);
});

test("needed concurrency is the rate times the duration", () => {
  expect(needs(scenario)).toEqual({
    apiConcurrency: 100,
    workerConcurrency: 20,
    messagesInFlight: 200,
    writeUnits: 12_000,
    shards: 2,
  });
});

test("needs of the optional parts: connections decide on the capacity of PostgreSQL", () => {
  expect(optionalNeeds(scenario)).toEqual({
    statements: 5_000,
    connections: 4 * (100 + 20 + 1),
    // 484 / 189 = 2.6
    capacity: 3,
    cacheRequests: 2_000,
    writesInEachRegion: 12_000,
  });
  expect(optionalNeeds({ ...scenario, tasksPerSecond: 20_000 }).capacity).toBeUndefined();
});

test("AWS's limits of connections, by capacity", () => {
  const connections = (min_capacity: number, max_capacity: number) =>
    maxConnections({ min_capacity, max_capacity });
  expect([connections(1, 1), connections(1, 4), connections(1, 64)]).toEqual([189, 756, 5_000]);
  expect([connections(0.5, 64), connections(0, 64)]).toEqual([2_000, 2_000]);
  expect(connections(1, 1)).toBe(limits.connectionsOfUnit.value);
});

test("at least one of each is needed", () => {
  expect(needs({ ...scenario, tasksPerSecond: 0.01 })).toMatchObject({ apiConcurrency: 1, shards: 1 });
});

test("the capacity of an environment by each limit", () => {
  expect(carries({ throttlingRate: 100, workerConcurrency: 2 }, scenario)).toEqual({
    "the API's throttle": 50,
    "the worker's concurrency": 100,
    "the table's shards": 4_000,
  });
});
