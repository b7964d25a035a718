import { aMessage, aRecord, aTask, afterNoon, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { recordedMetrics } from "../../shared/testing/recorded-metrics";
import { unknownType } from "../../shared/runtime/metrics";
import type { Task } from "../../shared/tasks/task";
import { noonDependencies } from "../testing/noon-dependencies";
import { taskTypeNames } from "../testing/sample-task-types";
import { processBatch } from "./process-batch";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

function setUp(hasTable = true) {
  const now = () => afterNoon(3);
  const table = new MemoryTaskRepository(now);
  const { metrics, documents } = recordedMetrics(taskTypeNames);
  const dependencies = {
    ...{ ...noonDependencies, queue: new MemoryTaskQueue(), now, metrics },
    repository: hasTable ? table : undefined,
    sendDeadLetter: () => Promise.resolve(),
  };
  const settings = { maxReceiveCount: 5, deadline: afterNoon(30) };
  const run = (...records: ReturnType<typeof aRecord>[]) => processBatch(records, settings, dependencies);
  const create = async (type: string, payload: Task["payload"], receiveCount = 1) => {
    const task = aTask({ type, payload });
    await table.create(task, { requestId: "request-1" });
    return aRecord(aMessage({ taskId: task.id, type, payload }), receiveCount);
  };
  /** The metrics, without what every document has. */
  const found = () =>
    documents().map(({ _aws, Service, Environment, ...values }) => {
      expect([_aws, Service, Environment]).not.toContain(undefined);
      return values;
    });
  return { table, run, create, found };
}

test("a batch is one document of each type: what succeeded and failed, and the ages since the creation", async () => {
  const { run, create, found } = setUp();
  await run(
    await create("echo", { message: "a" }),
    await create("echo", { message: "b" }),
    await create("flaky", { failures: 1 }),
  );
  const ages = { AcceptToStart: [3_000, 3_000], AcceptToDone: [3_000, 3_000] };
  expect(found()).toEqual([
    { Type: "echo", TasksSucceeded: 2, ...ages },
    { Type: "flaky", AttemptsFailed: 1, AcceptToStart: 3_000 },
  ]);
});

test("a later attempt has no age at its start", async () => {
  const { run, create, found } = setUp();
  const record = await create("flaky", { failures: 1 });
  await run(record);
  await run(record);
  expect(found().at(-1)).toEqual({ Type: "flaky", TasksSucceeded: 1, AcceptToDone: 3_000 });
});

test.each([
  ["at its last delivery", { failures: 9 }, 5],
  ["by its handler", { failures: 9, permanent: true }, 1],
])("a task that is failed %s is counted once", async (_what, payload, receiveCount) => {
  const { run, create, found } = setUp();
  const record = await create("flaky", payload, receiveCount);
  await run(record);
  expect(found()).toEqual([{ Type: "flaky", AcceptToStart: 3_000, AttemptsFailed: 1, TasksFailed: 1 }]);
});

test("a message that is redelivered after its task has succeeded is counted no more", async () => {
  const { run, create, found } = setUp();
  const record = await create("echo", { message: "a" });
  await run(record);
  await run(record);
  expect(found()).toHaveLength(1);
});

test("a message whose task another worker runs is postponed, and is no failed attempt", async () => {
  const { table, run, found } = setUp();
  const task = aTask();
  await table.create(task, { requestId: "request-1" });
  await table.claim({ taskId: task.id, revision: 1 }, afterNoon(20));
  await run(aRecord(aMessage({ taskId: task.id })));
  expect(found()).toEqual([]);
});

test("an unknown type and a message that cannot be read are failed attempts of no type", async () => {
  const { table, run, create, found } = setUp();
  const last = await create("removed", {}, 5);
  await run(last, aRecord("{ not JSON", 1));
  expect(found()).toEqual([
    { Type: unknownType, AttemptsFailed: 1 },
    { Type: unknownType, AcceptToStart: 3_000, AttemptsFailed: 1, TasksFailed: 1 },
  ]);
  expect([...table.entries.values()]).toMatchObject([{ task: { state: "failed" } }]);
});

test("without a table, what succeeded and failed is counted", async () => {
  const { run, found } = setUp(false);
  const failing = aMessage({ type: "flaky", payload: { failures: 9 } });
  await run(aRecord(aMessage()));
  await run(aRecord(failing, 4));
  await run(aRecord(failing, 5));
  expect(found()).toEqual([
    { Type: "echo", TasksSucceeded: 1, AcceptToDone: 3_000 },
    { Type: "flaky", AttemptsFailed: 1 },
    { Type: "flaky", AttemptsFailed: 1, TasksFailed: 1 },
  ]);
});

test("tasks of an interrupted batch are recorded before one runs alone that may end the worker", async () => {
  const { table, run, create, found } = setUp();
  const other = await create("echo", { message: "other" });
  const task = aTask({ type: "flaky", payload: { failures: 0 } });
  await table.create(task, { requestId: "request-1" });
  await table.claim({ taskId: task.id, revision: 1 }, noon);
  const alone = aRecord(aMessage({ taskId: task.id, type: "flaky", payload: task.payload }), 2);
  await run(alone, other);
  expect(found()).toMatchObject([
    { Type: "echo", TasksSucceeded: 1 },
    { Type: "flaky", TasksSucceeded: 1 },
  ]);
});
