import { DynamoSweepStore } from "../../producer/sweep/dynamo-sweep-store";
import { MemorySweepStore } from "../../producer/testing/memory-sweep-store";
import { documentClient } from "../aws/clients";
import { DynamoTaskRepository } from "../aws/dynamodb/dynamo-task-repository";
import { retentionDays, type Backend } from "./backend";
import { noon } from "./builders";
import { describeStore } from "./contracts/store-contract";
import { DynamoTable } from "./dynamo-table";
import { MemoryTaskRepository } from "./memory-task-repository";

function memoryBackend(): Backend {
  const clock = { now: noon };
  const repository = new MemoryTaskRepository(() => clock.now, retentionDays);
  return {
    repository,
    sweepStore: new MemorySweepStore(repository, () => clock.now),
    clock,
    setInProgress: (isInProgress) => {
      repository.hasConflict = isInProgress;
    },
  };
}

function dynamoBackend(): Backend {
  process.env.AWS_REGION = "eu-central-1";
  const clock = { now: noon };
  const table = new DynamoTable();
  const client = documentClient();
  return {
    repository: new DynamoTaskRepository(client, "tasks", { now: () => clock.now, retentionDays }),
    sweepStore: new DynamoSweepStore(client, "tasks", () => clock.now),
    clock,
    setInProgress: (isInProgress) => {
      table.hasConflict = isInProgress;
    },
  };
}

/** The same of a real DynamoDB and a real PostgreSQL: e2e/suites/stores. */
describe.each([
  ["in memory", memoryBackend],
  ["of DynamoDB, on a table in memory", dynamoBackend],
])("the store %s", (_name, createBackend) => {
  describeStore(createBackend);
});
