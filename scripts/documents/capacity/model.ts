import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { limits } from "./limits";

/** Assumptions about the work. Items have at most 1 KB, as those of the shipped task types. */
export interface Scenario {
  readonly tasksPerSecond: number;
  /** How often a client gets a task. */
  readonly readsOfATask: number;
  readonly apiMilliseconds: number;
  readonly apiMemoryMb: number;
  /** Duration of a batch, whose tasks run concurrently. */
  readonly workerMilliseconds: number;
  readonly workerMemoryMb: number;
  readonly batchSize: number;
}

/**
 * Write units of a task, by step: the item, and each index entry that changes. An entry whose key changes is deleted and
 * written again; a transaction takes twice the units for its items, not for their index entries.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const writesOfATask = {
  /** Item, by-creation, by-state, outbox. */
  accepted: 1 + 1 + 1 + 1,
  /** Item, by-creation, by-state twice, removal from the outbox. */
  sent: 1 + 1 + 2 + 1,
  /** Item, by-creation, by-state twice. */
  begun: 1 + 1 + 2,
  /** In a transaction: item with by-creation and by-state twice, and the row of the effect. */
  succeeded: 2 + 1 + 2 + 2,
};
export const allWrites = Object.values(writesOfATask).reduce((sum, units) => sum + units, 0);

/** Write units of the busiest index partition: every step writes the task's by-creation entry. */
const writesOfBusiestEntry = Object.keys(writesOfATask).length;

/** The resources that a scenario needs. */
export function needs(scenario: Scenario) {
  const { tasksPerSecond, readsOfATask, batchSize } = scenario;
  const apiCalls = tasksPerSecond * (1 + readsOfATask);
  const batches = tasksPerSecond / batchSize;
  const inSeconds = (milliseconds: number) => milliseconds / 1000;
  return {
    apiConcurrency: Math.ceil(apiCalls * inSeconds(scenario.apiMilliseconds)),
    workerConcurrency: Math.ceil(batches * inSeconds(scenario.workerMilliseconds)),
    messagesInFlight: Math.ceil(tasksPerSecond * inSeconds(scenario.workerMilliseconds)),
    writeUnits: tasksPerSecond * allWrites,
    shards: Math.max(1, Math.ceil((tasksPerSecond * writesOfBusiestEntry) / limits.writesOfPartition.value)),
  };
}

/** Settings of an environment that limit its capacity. */
export interface Settings {
  readonly throttlingRate: number;
  readonly workerConcurrency: number;
}

/** The maximum tasks per second of an environment, by limit. */
export function carries({ throttlingRate, workerConcurrency }: Settings, scenario: Scenario) {
  return {
    "the API's throttle": throttlingRate / (1 + scenario.readsOfATask),
    "the worker's concurrency":
      (workerConcurrency * scenario.batchSize) / (scenario.workerMilliseconds / 1000),
    "the table's shards": (tableSchema.shards * limits.writesOfPartition.value) / writesOfBusiestEntry,
  };
}
