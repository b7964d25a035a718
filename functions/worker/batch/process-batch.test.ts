import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { LostLeaseError } from "../../shared/tasks/task-repository";
import { processBatch } from "./process-batch";
import { noonDependencies } from "../testing/noon-dependencies";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

const deadline = new Date(noon.getTime() + 30_000);
const settings = { maxReceiveCount: 5, deadline };

function setUp() {
  let time = noon;
  const repository = new MemoryTaskRepository(() => time);
  const queue = new MemoryTaskQueue();
  const run = (...records: ReturnType<typeof aRecord>[]) =>
    processBatch(records, settings, {
      ...noonDependencies,
      repository,
      queue,
      now: () => time,
    });
  const later = (milliseconds: number) => {
    time = new Date(time.getTime() + milliseconds);
  };
  return { repository, queue, run, later };
}

const failed = (...records: { messageId: string }[]) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

test("a message's task is run once and its result recorded", async () => {
  const { repository, run } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  expect(await run(aRecord(aMessage({ taskId: task.id })))).toEqual(failed());
  expect(await repository.get(task.id)).toMatchObject({
    state: "succeeded",
    attempts: 1,
    result: { message: "hello" },
  });
});

test("a message delivered again, at once or later, has no second effect", async () => {
  const { repository, run } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  const records = Array.from({ length: 5 }, () => aRecord(aMessage({ taskId: task.id })));
  await run(...records);
  expect(await run(...records)).toEqual(failed());
  expect(repository.effects).toEqual([task.id]);
});

test("a failed task is retried, with the reason on it, until the last delivery", async () => {
  const { repository, run } = setUp();
  const task = aTask({ type: "flaky", payload: { failures: 100 } });
  await repository.create(task, { requestId: "request-1" });
  const message = aMessage({ taskId: task.id, type: task.type, payload: task.payload });
  const first = aRecord(message, 1);
  expect(await run(first)).toEqual(failed(first));
  expect(await repository.get(task.id)).toMatchObject({
    state: "queued",
    error: expect.stringContaining("attempt 1"),
  });
  const last = aRecord(message, 5);
  expect(await run(last)).toEqual(failed(last));
  expect(await repository.get(task.id)).toMatchObject({ state: "failed", attempts: 2 });
});

test("a task that another worker has claimed waits, and is claimed after the lease", async () => {
  const { repository, run, later } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  await repository.claim({ taskId: task.id, revision: 1 }, deadline);
  const record = aRecord(aMessage({ taskId: task.id }));
  expect(await run(record)).toEqual(failed(record));
  later(31_000);
  expect(await run(aRecord(record.body, 2))).toEqual(failed());
  expect(repository.effects).toEqual([task.id]);
});

test("an attempt that lost its lease changes nothing and is delivered again", async () => {
  const { repository, run } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  jest.spyOn(repository, "succeed").mockRejectedValueOnce(new LostLeaseError(task.id));
  const record = aRecord(aMessage({ taskId: task.id }), 5);
  expect(await run(record)).toEqual(failed(record));
  expect(await repository.get(task.id)).toMatchObject({ state: "running" });
});

test.each([
  ["no JSON", "{"],
  ["lone surrogates", '"\ud800"'],
  ["another shape", JSON.stringify({ hello: "world" })],
  ["a version from the far future", JSON.stringify({ ...aMessage(), version: 99 })],
])("a message that is %s fails alone, each time", async (_what, body) => {
  const { repository, run } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  const poison = aRecord(body);
  expect(await run(poison, aRecord(aMessage({ taskId: task.id })))).toEqual(failed(poison));
  expect(repository.effects).toEqual([task.id]);
});

test.each([
  ["of an unknown type", { type: "nothing" }],
  ["whose payload does not fit", { payload: { message: 1 } }],
])("a task %s becomes a dead letter like any other, the reason on it", async (_what, values) => {
  const { repository, run } = setUp();
  const task = aTask(values);
  await repository.create(task, { requestId: "request-1" });
  for (const receiveCount of [1, 2, 3, 4, 5]) {
    const record = aRecord(aMessage({ taskId: task.id, ...values }), receiveCount);
    expect(await run(record)).toEqual(failed(record));
  }
  expect(await repository.get(task.id)).toMatchObject({ state: "failed", error: expect.any(String) });
});

test("a dead letter that is moved back to the queue after a fix succeeds, once", async () => {
  const { repository, run } = setUp();
  const task = aTask({ type: "flaky", payload: { failures: 1 } });
  await repository.create(task, { requestId: "request-1" });
  const message = aMessage({ taskId: task.id, type: task.type, payload: task.payload });
  await run(aRecord(message, 5));
  expect(await repository.get(task.id)).toMatchObject({ state: "failed" });
  for (let delivery = 1; delivery <= 3; delivery++) await run(aRecord(message, delivery));
  expect(await repository.get(task.id)).toMatchObject({ state: "succeeded", attempts: 2 });
  expect(repository.effects).toEqual([task.id]);
});

test("a task whose message cannot be read is marked failed at the last delivery", async () => {
  const { repository, run } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  const unreadable = JSON.stringify({ taskId: task.id, version: 99 });
  await run(aRecord(unreadable, 4));
  expect(await repository.get(task.id)).toMatchObject({ state: "pending" });
  await run(aRecord(unreadable, 5));
  expect(await repository.get(task.id)).toMatchObject({
    state: "failed",
    error: "The message is not a task message",
  });
});

test("without a table, handlers still run", async () => {
  const queue = new MemoryTaskQueue();
  const dependencies = { ...noonDependencies, repository: undefined, queue };
  const hopeless = aRecord(aMessage({ type: "flaky", payload: { failures: 100 } }));
  expect(await processBatch([aRecord(aMessage()), hopeless], settings, dependencies)).toEqual(
    failed(hopeless),
  );
});

test("a handler is given the secrets that its type declares", async () => {
  const { repository, run } = setUp();
  const task = aTask({ type: "reveal", payload: {} });
  await repository.create(task, { requestId: "request-1" });
  await run(aRecord(aMessage({ taskId: task.id, type: task.type, payload: task.payload })));
  expect(await repository.get(task.id)).toMatchObject({
    state: "succeeded",
    result: { value: "value of signing-key" },
  });
});
