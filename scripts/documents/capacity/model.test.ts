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

test("what a rate needs is the rate times how long each takes", () => {
  expect(needs(scenario)).toEqual({
    apiConcurrency: 100,
    workerConcurrency: 20,
    messagesInFlight: 200,
    writeUnits: 20_000,
    shards: 4,
  });
});

test("the least is one of each", () => {
  expect(needs({ ...scenario, tasksPerSecond: 0.01 })).toMatchObject({ apiConcurrency: 1, shards: 1 });
});

test("an environment carries what its lowest limit lets through", () => {
  expect(carries({ throttlingRate: 100, workerConcurrency: 2 }, scenario)).toEqual({
    "the API's throttle": 50,
    "the worker's concurrency": 100,
    "the table's shards": 2_000,
  });
});
