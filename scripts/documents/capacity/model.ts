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
 * written again.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const writesOfATask = {
  /** Item, by-progress, by-type, by-state. */
  accepted: 1 + 1 + 1 + 1,
  /** Item, removal from by-state. */
  sent: 1 + 1,
  /** Item, by-state. */
  begun: 1 + 1,
  /** Item, by-progress twice, removal from by-state. */
  succeeded: 1 + 2 + 1,
};
export const allWrites = Object.values(writesOfATask).reduce((sum, units) => sum + units, 0);

/** Write units of a larger task: each step writes the item once; an index entry has less than 1 KB. */
export const writesOf = (kilobytes: number) =>
  allWrites + Object.keys(writesOfATask).length * (Math.ceil(kilobytes) - 1);

/** A failed attempt: item and removal from by-state; then item and by-state of the next claim. */
export const writesOfARetry = (kilobytes: number) => 2 * (Math.ceil(kilobytes) + 1);

/** Read units of a page without a filter: a call for each of its partitions, and each task, consistently. */
export const readsOfAPage = (limit: number, kilobytes: number) =>
  2 * tableSchema.shards * 0.5 + limit * Math.ceil(kilobytes / kilobytesOfARead);
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
export const kilobytesOfARead = 4;

/** Write units of a task in the busiest index partitions: its entry is put and deleted. */
export const writesOfBusiestEntry = 2;

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
  /** Messages that each other queue's consumer processes at once, by queue; a task is assumed to send one to each. */
  readonly others?: Readonly<Record<string, number>>;
}

/** The maximum tasks per second of an environment, by limit. */
export function carries({ throttlingRate, workerConcurrency, others = {} }: Settings, scenario: Scenario) {
  return {
    "the API's throttle": throttlingRate / (1 + scenario.readsOfATask),
    "the worker's concurrency":
      (workerConcurrency * scenario.batchSize) / (scenario.workerMilliseconds / 1000),
    ...Object.fromEntries(
      Object.entries(others).map(([queue, messages]) => [
        `the consumer of the ${queue} queue`,
        messages / (scenario.workerMilliseconds / 1000),
      ]),
    ),
    "the table's shards": (tableSchema.shards * limits.writesOfPartition.value) / writesOfBusiestEntry,
  };
}
