import { newTask } from "../shared/tasks/task";
import { newTaskId } from "../shared/tasks/task-id";
import { aTask, noon } from "../shared/testing/builders";
import { MemoryTaskQueue } from "../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../shared/testing/memory-task-repository";
import { silentLog } from "../shared/testing/silent-log";
import { producerEvent, type ProducerEvent } from "./event";
import { handleEvent } from "./handle-event";
import { sweepAgeMilliseconds } from "./sweep/sweep";
import { MemorySweepStore } from "./testing/memory-sweep-store";

function setUp(now = noon) {
  const repository = new MemoryTaskRepository(() => now);
  const sweepStore = new MemorySweepStore(repository, () => now);
  const queue = new MemoryTaskQueue();
  const handle = (event: ProducerEvent, requestId = "request-1") =>
    handleEvent(event, requestId, {
      repository,
      sweepStore,
      queue,
      log: silentLog,
      now: () => now,
      remainingMilliseconds: () => 60_000,
      redeliverySeconds: 180,
      messageLifetimeSeconds: 4 * 24 * 3600,
    });
  return { repository, sweepStore, queue, handle };
}

const sweep: ProducerEvent = { kind: "sweep", time: "2026-03-01T12:00:00Z" };
const report = (time: string, schedule = "daily"): ProducerEvent => {
  return { kind: "schedule", schedule, time, type: "report.summary", payload: { hours: 24 } };
};

test("a schedule's slot is one task, however often its rule fires and however late within the minute", async () => {
  const { repository, queue, handle } = setUp();
  for (const second of ["00", "07", "59"])
    await handle(report(`2026-03-01T06:00:${second}Z`), `event-${second}`);
  expect(repository.entries.size).toBe(1);
  expect(queue.messages).toHaveLength(1);
});

test("another slot, or another schedule, is another task", async () => {
  const { repository, handle } = setUp();
  await handle(report("2026-03-01T06:00:00Z"));
  await handle(report("2026-03-02T06:00:00Z"));
  await handle(report("2026-03-01T06:00:00Z", "weekly"));
  expect(repository.entries.size).toBe(3);
});

test("the sweep sends what is old enough, and takes note of what was sent", async () => {
  const later = new Date(noon.getTime() + sweepAgeMilliseconds);
  const { repository, queue, handle } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const forgotten = aTask();
  const fresh = newTask(newTaskId(later), "echo", {}, later);
  await repository.create(forgotten, "request-7");
  await repository.create(fresh, "request-8");
  await handle(sweep);
  expect(queue.messages).toEqual([expect.objectContaining({ taskId: forgotten.id, requestId: "request-7" })]);
  expect(await repository.get(forgotten.id)).toMatchObject({ state: "queued" });
  expect(await repository.get(fresh.id)).toMatchObject({ state: "pending" });
});

test.each([
  [719, "running"],
  [721, "failed"],
])("%d s after the lease of a worker that died, its task is %s", async (seconds, state) => {
  const { repository, handle } = setUp(new Date(noon.getTime() + seconds * 1000));
  const task = aTask();
  await repository.create(task, "r");
  await repository.claim({ taskId: task.id, revision: 1 }, noon);
  await handle(sweep);
  expect(await repository.get(task.id)).toMatchObject({ state });
});

test("what the sweep could not send is left to the next", async () => {
  const { repository, queue, handle } = setUp(new Date(noon.getTime() + sweepAgeMilliseconds + 1));
  const [unlucky, lucky] = [aTask(), aTask()];
  await repository.create(unlucky, "r");
  await repository.create(lucky, "r");
  queue.fails = ({ taskId }) => taskId === unlucky.id;
  await handle(sweep);
  queue.fails = () => false;
  await handle(sweep);
  expect(queue.messages.map(({ taskId }) => taskId)).toEqual([lucky.id, unlucky.id]);
});

test("a purge is told to the sweep by the time of it", async () => {
  const { repository, handle } = setUp(new Date(noon.getTime() + 1_000));
  const task = aTask();
  await repository.create(task, "request-7");
  await repository.markPublished({ taskId: task.id, revision: 1 });
  const entry = repository.entries.get(task.id);
  if (entry)
    repository.entries.set(task.id, { ...entry, task: { ...entry.task, updatedAt: noon.toISOString() } });
  await handle(sweep);
  expect(await repository.get(task.id)).toMatchObject({ state: "queued" });
  await handle({ ...sweep, queuedBefore: "2026-03-01T12:00:00.500Z" });
  expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2 });
});

test.each([
  ["nothing", undefined],
  ["an event of another kind", { kind: "party", time: "2026-03-01T06:00:00Z" }],
  ["a slot that is no time", { ...report("soon") }],
  ["a purge at no time", { ...sweep, queuedBefore: "just now" }],
  ["a key too many", { ...sweep, colour: "red" }],
])("%s is no event for the producer", (_what, event) => {
  expect(producerEvent.safeParse(event).success).toBe(false);
});
