import { allWrites, carries, needs, type Scenario } from "./model";

const scenario: Scenario = {
  tasksPerSecond: 1_000,
  readsOfATask: 1,
  apiMilliseconds: 50,
  apiMemoryMb: 1_024,
  workerMilliseconds: 200,
  workerMemoryMb: 1_024,
  batchSize: 10,
};

test("a task costs 20 write units: 4 accepted, 5 sent, 4 begun, 7 succeeded", () => {
  expect(allWrites).toBe(20);
});

test("needed concurrency is the rate times the duration", () => {
  expect(needs(scenario)).toEqual({
    apiConcurrency: 100,
    workerConcurrency: 20,
    messagesInFlight: 200,
    writeUnits: 20_000,
    shards: 4,
  });
});

test("at least one of each is needed", () => {
  expect(needs({ ...scenario, tasksPerSecond: 0.01 })).toMatchObject({ apiConcurrency: 1, shards: 1 });
});

test("the capacity of an environment by each limit", () => {
  expect(carries({ throttlingRate: 100, workerConcurrency: 2 }, scenario)).toEqual({
    "the API's throttle": 50,
    "the worker's concurrency": 100,
    "the table's shards": 2_000,
  });
});
