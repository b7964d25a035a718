import { setTimeout as delay } from "node:timers/promises";
import { newTask } from "../../shared/tasks/task";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { noonDependencies } from "../testing/noon-dependencies";
import { taskTypes } from "../handlers";
import { flaky } from "../testing/sample-task-types";
import { processBatch } from "../batch/process-batch";
import { retryDelaySeconds } from "./retry-policy";
import { runTask } from "./run-task";
import { TaskTimeoutError } from "./with-timeout";
import type { Task } from "../../shared/tasks/task";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

const deadline = new Date(noon.getTime() + 30_000);

async function setUp(...tasks: Task[]) {
  const repository = new MemoryTaskRepository(() => noon);
  const queue = new MemoryTaskQueue();
  for (const task of tasks) await repository.create(task, { requestId: "r" });
  const run = (...records: ReturnType<typeof aRecord>[]) =>
    processBatch(records, { maxReceiveCount: 5, deadline }, { ...noonDependencies, repository, queue });
  return { repository, queue, run };
}
const recordOf = ({ id, type, payload, revision }: Task, receiveCount = 1) =>
  aRecord(aMessage({ taskId: id, type, payload, revision }), receiveCount);
const hopeless = () => aTask({ type: "flaky", payload: { failures: 100 } });

test("a failed message is delivered again after the delay of its type, doubled each time, and the last time at once", async () => {
  const task = hopeless();
  const { queue, run } = await setUp(task);
  for (const delivery of [1, 2, 3, 4, 5]) await run(recordOf(task, delivery));
  expect(queue.visibilityChanges.map(({ seconds }) => seconds)).toEqual([1, 2, 4, 8, 0]);
});

test("an unsupported message keeps the queue's visibility timeout", async () => {
  const { queue, run } = await setUp();
  await run(aRecord("{"), aRecord(aMessage({ type: "nothing" })));
  expect(queue.visibilityChanges).toEqual([]);
});

test("a message whose visibility cannot be changed fails, and no other", async () => {
  const [bad, good] = [hopeless(), aTask()];
  const { queue, run, repository } = await setUp(bad, good);
  jest.spyOn(queue, "changeVisibility").mockRejectedValue(new Error("SQS did not respond"));
  const record = recordOf(bad);
  expect(await run(record, recordOf(good))).toEqual({
    batchItemFailures: [{ itemIdentifier: record.messageId }],
  });
  expect(repository.effects).toEqual([good.id]);
});

test("a delay doubles up to its maximum, half of it random", () => {
  const retry = { initialSeconds: 5, maxSeconds: 60 };
  expect([1, 2, 3, 4, 5, 6].map((count) => retryDelaySeconds(retry, count, 1))).toEqual([
    5, 10, 20, 40, 60, 60,
  ]);
  expect(retryDelaySeconds(retry, 5, 0)).toBe(30);
});

test("a delay is at most the longest visibility timeout of SQS, 12 hours", () => {
  expect(retryDelaySeconds({ initialSeconds: 100_000, maxSeconds: 100_000 }, 1, 1)).toBe(12 * 3600);
});

test("an attempt ends before its invocation", async () => {
  const slow = jest
    .spyOn(taskTypes[0], "execute")
    .mockImplementation(() => new Promise<never>(() => undefined));
  const { log, secret, resources, settings } = noonDependencies;
  const own = { taskId: "t", attempt: 1, log, now: noon, countTasks: undefined };
  const context = { ...own, secret, resources, settings };
  const soon = new Date(noon.getTime() + 1_020);
  await expect(runTask({ type: "echo", payload: {} }, soon, context)).rejects.toThrow(TaskTimeoutError);
  expect(slow.mock.calls[0]?.[1].signal.aborted).toBe(true);
  slow.mockRestore();
});

test("an attempt that does not end affects no other of its batch", async () => {
  const [hanging, good] = [aTask({ type: "flaky", payload: { failures: 0 } }), aTask()];
  const { repository, queue } = await setUp(hanging, good);
  const hang = jest
    .spyOn(flaky, "execute")
    .mockImplementation((_payload, { signal }) => delay(60_000, {}, { signal }));
  const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 1_020) };
  const record = recordOf(hanging);
  expect(
    await processBatch([record, recordOf(good)], settings, { ...noonDependencies, repository, queue }),
  ).toEqual({ batchItemFailures: [{ itemIdentifier: record.messageId }] });
  hang.mockRestore();
  expect(repository.effects).toEqual([good.id]);
  expect(await repository.get(hanging.id)).toMatchObject({
    state: "queued",
    error: "The attempt did not end within 0.02 s",
  });
});

test("no more tasks of a type run at once than it allows", async () => {
  const tasks = Array.from({ length: 10 }, hopeless);
  const { run } = await setUp(...tasks);
  let [atOnce, most] = [0, 0];
  const work = jest.spyOn(flaky, "execute").mockImplementation(async () => {
    most = Math.max(most, ++atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    return { answeredAtAttempt: 1 };
  });
  await run(...tasks.map((task) => recordOf(task)));
  work.mockRestore();
  expect(most).toBe(flaky.concurrency);
});

test("an older message changes nothing, before and after the newer one", async () => {
  const task = { ...newTask(aTask().id, "echo", { message: "again" }, noon), revision: 2 };
  const { repository, run } = await setUp(task);
  const old = aRecord(aMessage({ taskId: task.id, revision: 1 }), 5);
  expect(await run(old)).toEqual({ batchItemFailures: [] });
  expect(await repository.get(task.id)).toMatchObject({ state: "pending", attempts: 0 });
  await run(recordOf(task));
  await run(old);
  expect(await repository.get(task.id)).toMatchObject({ state: "succeeded", attempts: 1 });
});

test("an older message that cannot be read does not end a task that was submitted again", async () => {
  const task = { ...aTask(), revision: 2 };
  const { repository, run } = await setUp(task);
  await run(aRecord(JSON.stringify({ taskId: task.id, revision: 1, version: 99 }), 5));
  expect(await repository.get(task.id)).toMatchObject({ state: "pending" });
});
