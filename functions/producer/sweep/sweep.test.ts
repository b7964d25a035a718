import { newTask } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import { aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { silentLog } from "../../shared/testing/silent-log";
import { MemorySweepStore } from "../testing/memory-sweep-store";
import { sweep, sweepAgeMilliseconds } from "./sweep";

function setUp(now = noon, log = silentLog) {
  const repository = new MemoryTaskRepository(() => now);
  const sweepStore = new MemorySweepStore(repository, () => now);
  const queue = new MemoryTaskQueue();
  const runSweep = (queuedBefore?: Date) =>
    sweep(
      {
        ...{ repository, sweepStore, queue, log },
        now: () => now,
        remainingMilliseconds: () => 60_000,
        redeliverySeconds: 180,
        messageLifetimeSeconds: 4 * 24 * 3600,
      },
      queuedBefore,
    );
  return { repository, queue, runSweep };
}

test("the sweep sends what is old enough, and takes note of what was sent", async () => {
  const later = new Date(noon.getTime() + sweepAgeMilliseconds);
  const { repository, queue, runSweep } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const forgotten = aTask();
  const fresh = newTask(newTaskId(later), "echo", {}, later);
  await repository.create(forgotten, "request-7");
  await repository.create(fresh, "request-8");
  await runSweep();
  expect(queue.messages).toEqual([expect.objectContaining({ taskId: forgotten.id, requestId: "request-7" })]);
  expect(await repository.get(forgotten.id)).toMatchObject({ state: "queued" });
  expect(await repository.get(fresh.id)).toMatchObject({ state: "pending" });
});

test.each([
  [719, "running"],
  [721, "failed"],
])("%d s after the lease of a worker that died, its task is %s", async (seconds, state) => {
  const { repository, runSweep } = setUp(new Date(noon.getTime() + seconds * 1000));
  const task = aTask();
  await repository.create(task, "r");
  await repository.claim({ taskId: task.id, revision: 1 }, noon);
  await runSweep();
  expect(await repository.get(task.id)).toMatchObject({ state });
});

test("what the sweep could not send is left to the next", async () => {
  const { repository, queue, runSweep } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const [unlucky, lucky] = [aTask(), aTask()];
  await repository.create(unlucky, "r");
  await repository.create(lucky, "r");
  queue.fails = ({ taskId }) => taskId === unlucky.id;
  await runSweep();
  queue.fails = () => false;
  await runSweep();
  expect(queue.messages.map(({ taskId }) => taskId)).toEqual([lucky.id, unlucky.id]);
});

test("of many failures, the sweep logs the first 20, and counts all", async () => {
  const [warn, info] = [jest.fn(), jest.fn()];
  const later = new Date(noon.getTime() + sweepAgeMilliseconds + 1);
  const { repository, queue, runSweep } = setUp(later, { ...silentLog, warn, info });
  for (const task of Array.from({ length: 25 }, () => aTask())) await repository.create(task, "r");
  queue.fails = () => true;
  await runSweep();
  expect(warn).toHaveBeenCalledTimes(20);
  expect(info).toHaveBeenLastCalledWith("sweep completed", expect.objectContaining({ sent: 0, failed: 25 }));
});

test("a sweep that is given the time of a purge requeues the tasks that were queued before it", async () => {
  const { repository, runSweep } = setUp(new Date(noon.getTime() + 1_000));
  const task = aTask();
  await repository.create(task, "request-7");
  await repository.markPublished({ taskId: task.id, revision: 1 });
  const entry = repository.entries.get(task.id);
  if (entry)
    repository.entries.set(task.id, { ...entry, task: { ...entry.task, updatedAt: noon.toISOString() } });
  await runSweep();
  expect(await repository.get(task.id)).toMatchObject({ state: "queued" });
  await runSweep(new Date(noon.getTime() + 500));
  expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2 });
});
