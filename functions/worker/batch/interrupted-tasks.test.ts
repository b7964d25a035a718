import { setTimeout as delay } from "node:timers/promises";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import type { Task } from "../../shared/tasks/task";
import { taskTypes } from "../handlers";
import { processBatch } from "./process-batch";
import { noonDependencies } from "../testing/noon-dependencies";

const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };
const before = new Date(noon.getTime() - 1);
const [echo] = taskTypes;
afterEach(() => jest.restoreAllMocks());

/** Tasks, some of which were interrupted by the end of their worker. */
async function setUp(interrupted: number, others: number) {
  const repository = new MemoryTaskRepository(() => noon);
  const queue = new MemoryTaskQueue();
  const tasks = Array.from({ length: interrupted + others }, () => aTask());
  for (const [at, { id }] of tasks.entries()) {
    await repository.create(tasks[at] ?? aTask(), { requestId: "r" });
    if (at < interrupted) await repository.claim({ taskId: id, revision: 1 }, before);
  }
  let running = 0;
  const atOnce = new Map<string, number>();
  jest.spyOn(echo, "execute").mockImplementation(async (_payload, { taskId }) => {
    running += 1;
    await delay(1);
    atOnce.set(taskId, running);
    running -= 1;
    return {};
  });
  return { repository, queue, tasks, atOnce };
}
const recordOf = ({ id }: Task, receiveCount: number) => aRecord(aMessage({ taskId: id }), receiveCount);

test("interrupted tasks run alone, after the others, and processed messages are deleted before each", async () => {
  const { repository, queue, tasks, atOnce } = await setUp(2, 3);
  const records = tasks.map((task) => recordOf(task, 2));
  const answer = processBatch(records, settings, { ...noonDependencies, repository, queue });
  expect(await answer).toEqual({ batchItemFailures: [] });
  expect(tasks.map(({ id }) => atOnce.get(id))).toEqual([1, 1, 3, 2, 1]);
  const [first, second, ...others] = records.map(({ receiptHandle }) => receiptHandle);
  expect(queue.deleted).toEqual([...others, first, second]);
});

test("waiting messages become visible one by one, in case the worker ends before it processes them", async () => {
  const { repository, queue, tasks } = await setUp(3, 1);
  const records = tasks.map((task) => recordOf(task, 2));
  await processBatch(records, settings, { ...noonDependencies, repository, queue });
  expect(queue.visibilityChanges).toEqual(
    [60, 90, 120].map((seconds, at) => ({ receiptHandle: records[at]?.receiptHandle, seconds })),
  );
});

test("the task with the fewest attempts comes first, and then the one with the fewest deliveries left", async () => {
  const { repository, queue, tasks, atOnce } = await setUp(3, 0);
  const [again, late, soon] = tasks;
  if (again === undefined || late === undefined || soon === undefined) throw new Error("three tasks");
  await repository.claim({ taskId: again.id, revision: 1 }, before, true);
  const records = [recordOf(again, 3), recordOf(late, 2), recordOf(soon, 4)];
  await processBatch(records, settings, { ...noonDependencies, repository, queue });
  expect([...atOnce.keys()]).toEqual([soon.id, late.id, again.id]);
});

test("in the second half of its time a worker runs one interrupted task only, and returns the others", async () => {
  const { repository, queue, tasks } = await setUp(3, 0);
  let calls = 0;
  // The invocation starts at noon.
  const now = () => new Date(noon.getTime() + (calls++ === 0 ? 0 : 20_000));
  const records = tasks.map((task) => recordOf(task, 2));
  const { batchItemFailures } = await processBatch(records, settings, {
    ...noonDependencies,
    repository,
    queue,
    now,
  });
  expect(batchItemFailures).toHaveLength(2);
  expect(repository.effects).toHaveLength(1);
});

test("without a table, messages that were delivered before run alone", async () => {
  const { queue, tasks, atOnce } = await setUp(0, 3);
  const records = tasks.map((task, at) => recordOf(task, at === 0 ? 1 : 2));
  await processBatch(records, settings, { ...noonDependencies, repository: undefined, queue });
  expect(tasks.map(({ id }) => atOnce.get(id))).toEqual([1, 1, 1]);
  expect(queue.deleted).toHaveLength(3);
});
