import { newTask } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import { aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { recordedMetrics } from "../../shared/testing/recorded-metrics";
import { silentLog, silentLogWith } from "../../shared/testing/silent-log";
import { MemorySweepStore } from "../testing/memory-sweep-store";
import { sweep, sweepAgeMilliseconds } from "./sweep";

function setUp(now = noon, log = silentLog) {
  const repository = new MemoryTaskRepository(() => now);
  const sweepStore = new MemorySweepStore(repository, () => now);
  const queue = new MemoryTaskQueue();
  const { metrics, documents } = recordedMetrics();
  const runSweep = (queuedBefore?: Date, failover = false) =>
    sweep(
      {
        ...{ repository, sweepStore, queue, log, metrics },
        now: () => now,
        remainingMilliseconds: () => 60_000,
        redeliverySeconds: 180,
        messageLifetimeSeconds: 4 * 24 * 3600,
      },
      { queuedBefore, failover },
    );
  return { repository, sweepStore, queue, runSweep, documents };
}

test("the sweep sends what is old enough, and takes note of what was sent", async () => {
  const later = new Date(noon.getTime() + sweepAgeMilliseconds);
  const { repository, queue, runSweep } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const forgotten = aTask();
  const fresh = newTask(newTaskId(later), "echo", {}, later);
  await repository.create(forgotten, { requestId: "request-7" });
  await repository.create(fresh, { requestId: "request-8" });
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
  await repository.create(task, { requestId: "r" });
  await repository.claim({ taskId: task.id, revision: 1 }, noon);
  await runSweep();
  expect(await repository.get(task.id)).toMatchObject({ state });
});

test("the sweep records the age and the number of the tasks in the outbox, and how many it has sent; 0 without one", async () => {
  const { repository, runSweep, documents } = setUp(new Date(noon.getTime() + 90_000));
  await repository.create(aTask(), { requestId: "r" });
  const younger = new Date(noon.getTime() + 50_000);
  await repository.create(newTask(newTaskId(younger), "echo", {}, younger), { requestId: "r" });
  await runSweep();
  await runSweep();
  expect(documents()).toMatchObject([
    { OutboxOldestSeconds: 90, OutboxDepth: 2, SweepSent: 2 },
    { OutboxOldestSeconds: 0, OutboxDepth: 0, SweepSent: 0 },
  ]);
});

test("tasks that the sweep does not get rid of are in the outbox, and not sent", async () => {
  const { repository, queue, runSweep, documents } = setUp(new Date(noon.getTime() + 90_000));
  await repository.create(aTask(), { requestId: "r" });
  queue.fails = () => true;
  await runSweep();
  expect(documents()).toMatchObject([{ OutboxOldestSeconds: 90, OutboxDepth: 1, SweepSent: 0 }]);
});

test("the sweep records the tasks that it marks failed, once each", async () => {
  const { repository, queue, runSweep, documents } = setUp(new Date(noon.getTime() + 721_000));
  const [abandoned, refused] = [aTask(), aTask()];
  for (const task of [abandoned, refused]) await repository.create(task, { requestId: "r" });
  await repository.claim({ taskId: abandoned.id, revision: 1 }, noon);
  queue.refuses = () => true;
  await runSweep();
  await runSweep();
  expect(documents().filter((document) => "TasksFailed" in document)).toMatchObject([
    { Type: "echo", TasksFailed: 2 },
  ]);
});

test("the sweep sends the trace of the request, and its log lines have the trace's id", async () => {
  const info = jest.fn();
  const later = new Date(noon.getTime() + sweepAgeMilliseconds + 1);
  const { repository, queue, runSweep } = setUp(later, silentLogWith({ info }));
  const trace = {
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    xrayTrace: "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
  };
  await repository.create(aTask(), { requestId: "request-7", ...trace });
  await runSweep();
  expect(queue.messages).toMatchObject([trace]);
  const names = { requestId: "request-7", traceId: "4bf92f3577b34da6a3ce929d0e0e4736" };
  expect(info).toHaveBeenCalledWith("task published", expect.objectContaining(names));
});

test("what the sweep could not send is left to the next", async () => {
  const { repository, queue, runSweep } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const [unlucky, lucky] = [aTask(), aTask()];
  await repository.create(unlucky, { requestId: "r" });
  await repository.create(lucky, { requestId: "r" });
  queue.fails = ({ taskId }) => taskId === unlucky.id;
  await runSweep();
  queue.fails = () => false;
  await runSweep();
  expect(queue.messages.map(({ taskId }) => taskId)).toEqual([lucky.id, unlucky.id]);
});

test("of many failures, the sweep logs the first 20, and counts all", async () => {
  const [warn, info] = [jest.fn(), jest.fn()];
  const later = new Date(noon.getTime() + sweepAgeMilliseconds + 1);
  const { repository, queue, runSweep } = setUp(later, silentLogWith({ warn, info }));
  for (const task of Array.from({ length: 25 }, () => aTask()))
    await repository.create(task, { requestId: "r" });
  queue.fails = () => true;
  await runSweep();
  expect(warn).toHaveBeenCalledTimes(20);
  expect(info).toHaveBeenLastCalledWith("sweep completed", expect.objectContaining({ sent: 0, failed: 25 }));
});

test("a sweep that is given the time of a purge requeues the tasks that were queued before it", async () => {
  const { repository, runSweep } = setUp(new Date(noon.getTime() + 1_000));
  const task = aTask();
  await repository.create(task, { requestId: "request-7" });
  await repository.markPublished({ taskId: task.id, revision: 1 });
  const entry = repository.entries.get(task.id);
  if (entry)
    repository.entries.set(task.id, { ...entry, task: { ...entry.task, updatedAt: noon.toISOString() } });
  await runSweep();
  expect(await repository.get(task.id)).toMatchObject({ state: "queued" });
  await runSweep(new Date(noon.getTime() + 500));
  expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2 });
});

test("a sweep after a failover publishes at once what was queued, or was running and has no lease, and nothing else", async () => {
  const now = new Date(noon.getTime() + 60_000);
  const { repository, queue, runSweep } = setUp(now);
  const [queued, interrupted, running, fresh] = [0, 1, 2, 3].map((n) => {
    const created = new Date(now.getTime() - 10_000 + n);
    return newTask(newTaskId(created), "echo", { n }, created);
  });
  if (!queued || !interrupted || !running || !fresh) throw new Error("Expected four tasks");
  for (const task of [queued, interrupted, running, fresh]) await repository.create(task, { requestId: "r" });
  await repository.markPublished({ taskId: queued.id, revision: 1 });
  await repository.claim({ taskId: interrupted.id, revision: 1 }, new Date(now.getTime() - 1));
  await repository.claim({ taskId: running.id, revision: 1 }, new Date(now.getTime() + 1_000));
  const entry = repository.entries.get(queued.id);
  if (entry) entry.task = { ...entry.task, updatedAt: noon.toISOString() };
  expect(await runSweep(now, true)).toMatchObject({ lost: 2, sent: 3, abandoned: 0 });
  expect(queue.messages.map(({ taskId, revision }) => [taskId, revision]).sort()).toEqual(
    [
      [queued.id, 2],
      [interrupted.id, 2],
      [fresh.id, 1],
    ].sort(),
  );
  expect(await repository.get(running.id)).toMatchObject({ state: "running", revision: 1 });
});

test("a sweep reports nothing while another one holds the lease", async () => {
  const { sweepStore, runSweep } = setUp();
  await sweepStore.acquireLease("another", new Date(noon.getTime() + 60_000));
  expect(await runSweep()).toBeUndefined();
});
