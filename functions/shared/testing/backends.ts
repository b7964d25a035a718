import { DynamoSweepStore } from "../../producer/sweep/dynamo-sweep-store";
import type { SweepStore } from "../../producer/sweep/sweep-store";
import { MemorySweepStore } from "../../producer/testing/memory-sweep-store";
import { documentClient } from "../aws/clients";
import { DynamoTaskRepository } from "../aws/dynamodb/dynamo-task-repository";
import type { TaskRepository } from "../tasks/task-repository";
import { noon } from "./builders";
import { DynamoTable } from "./dynamo-table";
import { MemoryTaskRepository } from "./memory-task-repository";

export interface Backend {
  readonly repository: TaskRepository;
  readonly sweepStore: SweepStore;
  /** The current time, which a test may change. */
  readonly clock: { now: Date };
  /** Sets whether another request with an idempotency key is in progress. */
  readonly setInProgress: (isInProgress: boolean) => void;
}

function memoryBackend(): Backend {
  const clock = { now: noon };
  const repository = new MemoryTaskRepository(() => clock.now);
  return {
    repository,
    sweepStore: new MemorySweepStore(repository, () => clock.now),
    clock,
    setInProgress: (isInProgress) => (repository.hasConflict = isInProgress),
  };
}

function dynamoBackend(): Backend {
  process.env.AWS_REGION = "eu-central-1";
  const clock = { now: noon };
  const table = new DynamoTable();
  const client = documentClient();
  return {
    repository: new DynamoTaskRepository(client, "tasks", () => clock.now),
    sweepStore: new DynamoSweepStore(client, "tasks", () => clock.now),
    clock,
    setInProgress: (isInProgress) => (table.hasConflict = isInProgress),
  };
}

/** The implementations of the repository and the sweep store, which pass the same contract tests. */
export const backends: readonly (readonly [string, () => Backend])[] = [
  ["in memory", memoryBackend],
  ["of DynamoDB, on a table in memory", dynamoBackend],
];
