import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { limits } from "./limits";

/** What is assumed of the work. Sizes of items are 1 KB at most, as those of the shipped task types. */
export interface Scenario {
  readonly tasksPerSecond: number;
  /** How often a client asks how a task is doing. */
  readonly readsOfATask: number;
  readonly apiMilliseconds: number;
  readonly apiMemoryMb: number;
  /** What a batch takes: its tasks are worked on at once. */
  readonly workerMilliseconds: number;
  readonly workerMemoryMb: number;
  readonly batchSize: number;
}

/**
 * Write units of a task's life, by step: the item itself, and each index entry that it changes. An entry whose key
 * changes is deleted and written anew; a transaction takes twice the units of its items, not of their indexes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const writesOfATask = {
  /** Item, by-creation, by-state, outbox. */
  accepted: 1 + 1 + 1 + 1,
  /** Item, by-creation, by-state anew, out of the outbox. */
  sent: 1 + 1 + 2 + 1,
  /** Item, by-creation, by-state anew. */
  begun: 1 + 1 + 2,
  /** In a transaction: item with by-creation and by-state anew, and the row of the effect. */
  succeeded: 2 + 1 + 2 + 2,
};
export const allWrites = Object.values(writesOfATask).reduce((sum, units) => sum + units, 0);

/** Units of the busiest index partition: every step of a task's life writes its by-creation entry. */
const writesOfBusiestEntry = Object.keys(writesOfATask).length;

/** What a scenario needs. */
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

/** Settings of an environment that limit how much it carries. */
export interface Settings {
  readonly throttlingRate: number;
  readonly workerConcurrency: number;
}

/** The most tasks a second that an environment carries, by what holds it there. */
export function carries({ throttlingRate, workerConcurrency }: Settings, scenario: Scenario) {
  return {
    "the API's throttle": throttlingRate / (1 + scenario.readsOfATask),
    "the worker's concurrency":
      (workerConcurrency * scenario.batchSize) / (scenario.workerMilliseconds / 1000),
    "the table's shards": (tableSchema.shards * limits.writesOfPartition.value) / writesOfBusiestEntry,
  };
}
