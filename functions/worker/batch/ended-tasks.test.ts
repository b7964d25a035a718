import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { noonDependencies } from "../testing/noon-dependencies";
import { processBatch } from "./process-batch";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };

function setUp() {
  const repository = new MemoryTaskRepository(() => noon);
  const queue = new MemoryTaskQueue();
  const deadLetters: string[] = [];
  const sendDeadLetter = jest.fn((body: string) => Promise.resolve(void deadLetters.push(body)));
  const run = (...records: ReturnType<typeof aRecord>[]) =>
    processBatch(records, settings, { ...noonDependencies, repository, queue, sendDeadLetter });
  return { repository, queue, run, deadLetters, sendDeadLetter };
}

const failed = (...records: { messageId: string }[]) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** A task whose handler throws a NonRetryableError in its first two attempts, and its message. */
function permanentFailure() {
  const task = aTask({ type: "flaky", payload: { failures: 2, permanent: true } });
  return { task, message: aMessage({ taskId: task.id, type: task.type, payload: task.payload }) };
}

test("a handler's NonRetryableError ends the task at once: failed, with a dead letter, and no other delivery", async () => {
  const { repository, queue, run, deadLetters } = setUp();
  const { task, message } = permanentFailure();
  const other = aTask();
  await repository.create(task, { requestId: "request-1" });
  await repository.create(other, { requestId: "request-2" });
  const record = aRecord(message);
  expect(await run(record, aRecord(aMessage({ taskId: other.id })))).toEqual(failed());
  expect(await repository.get(task.id)).toMatchObject({
    state: "failed",
    attempts: 1,
    error: "The dependency has rejected the call",
  });
  expect(deadLetters).toEqual([record.body]);
  expect(queue.visibilityChanges).toEqual([]);
  expect(repository.effects).toEqual([other.id]);
});

test("the dead letter of an ended task can be moved back to the queue, and the task retried by the client", async () => {
  const { repository, run, deadLetters } = setUp();
  const { task } = permanentFailure();
  await repository.create(task, { requestId: "request-1" });
  const message = aMessage({ taskId: task.id, type: task.type, payload: task.payload });
  await run(aRecord(message));
  await run(aRecord(deadLetters[0] ?? ""));
  expect(await repository.get(task.id)).toMatchObject({ state: "failed", attempts: 2 });
  await repository.transition(task.id, ["failed"], {
    state: "pending",
    origin: { requestId: "request-2" },
  });
  // The dead letter is of an older revision now: it has no effect.
  expect(await run(aRecord(deadLetters[1] ?? ""))).toEqual(failed());
  expect(repository.effects).toEqual([]);
  expect(await run(aRecord({ ...message, revision: 2 }))).toEqual(failed());
  expect(await repository.get(task.id)).toMatchObject({ state: "succeeded", attempts: 3 });
  expect(deadLetters).toHaveLength(2);
});

test("if SQS rejects the dead letter, the message is delivered again, and no delivery is lost", async () => {
  const { repository, run, deadLetters, sendDeadLetter } = setUp();
  const { task, message } = permanentFailure();
  await repository.create(task, { requestId: "request-1" });
  sendDeadLetter.mockRejectedValueOnce(new Error("SQS did not respond"));
  const first = aRecord(message);
  expect(await run(first)).toEqual(failed(first));
  expect(await repository.get(task.id)).toMatchObject({ state: "failed", attempts: 1 });
  expect(await run(aRecord(message, 2))).toEqual(failed());
  expect(deadLetters).toHaveLength(1);
  expect(await repository.get(task.id)).toMatchObject({ state: "failed", attempts: 2 });
});

test("without a table, the message of an ended task becomes a dead letter at once", async () => {
  const sendDeadLetter = jest.fn(() => Promise.resolve());
  const dependencies = { ...noonDependencies, repository: undefined, queue: new MemoryTaskQueue() };
  const record = aRecord(permanentFailure().message);
  expect(await processBatch([record], settings, { ...dependencies, sendDeadLetter })).toEqual(failed());
  expect(sendDeadLetter.mock.calls).toEqual([[record.body]]);
});

test.each([
  ["of an unknown type", { type: "nothing" }],
  ["of a newer version", { version: 99 }],
  ["with a payload of a newer schema", { payload: { text: "hello" } }],
])("a message %s, as a newer API sends it, is retried and not ended", async (_what, values) => {
  const { repository, queue, run, deadLetters } = setUp();
  const task = aTask();
  await repository.create(task, { requestId: "request-1" });
  const body = JSON.stringify({ ...aMessage({ taskId: task.id }), ...values });
  for (const receiveCount of [1, 2, 3, 4]) {
    const record = aRecord(body, receiveCount);
    expect(await run(record)).toEqual(failed(record));
  }
  expect(deadLetters).toEqual([]);
  // Long enough for a deployment: the queue's own visibility timeout.
  expect(queue.visibilityChanges).toEqual([]);
  const { state } = (await repository.get(task.id)) ?? {};
  expect(["pending", "queued"]).toContain(state);
});
