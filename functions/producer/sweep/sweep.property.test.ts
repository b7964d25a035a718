import * as fc from "fast-check";
import { newTask } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import { noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { silentMetrics } from "../../shared/testing/recorded-metrics";
import { silentLog } from "../../shared/testing/silent-log";
import { sweep } from "./sweep";
import { MemorySweepStore } from "../testing/memory-sweep-store";

const minute = 60_000;
const invocationMilliseconds = 60_000;
const redeliverySeconds = 180;
const messageLifetimeSeconds = 3_600;

/** A service in which each read of the table takes time, so that the time limits a sweep. */
class World {
  time = noon.getTime();
  readonly repository = new MemoryTaskRepository(() => new Date(this.time));
  readonly queue = new MemoryTaskQueue();
  readonly store: MemorySweepStore;

  constructor(readMilliseconds = 0, pageSize = 100) {
    this.store = new MemorySweepStore(
      this.repository,
      () => new Date(this.time),
      pageSize,
      () => {
        this.time += readMilliseconds;
      },
    );
  }

  /** Creates tasks whose messages were not published. */
  async strand(count: number, age: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const created = new Date(this.time - age - n);
      const task = newTask(newTaskId(created), "echo", { n }, created);
      await this.repository.create(task, { requestId: "request-1" });
      ids.push(task.id);
    }
    return ids;
  }

  /** The next firing of the rule, a minute after the last. */
  async sweep(): Promise<void> {
    const start = this.time;
    await this.fire();
    this.time = Math.max(this.time, start + minute);
  }

  async fire(): Promise<void> {
    const start = this.time;
    await sweep({
      repository: this.repository,
      sweepStore: this.store,
      queue: this.queue,
      log: silentLog,
      metrics: silentMetrics,
      now: () => new Date(this.time),
      remainingMilliseconds: () => invocationMilliseconds - (this.time - start),
      redeliverySeconds,
      messageLifetimeSeconds,
    });
  }

  get sentIds(): string[] {
    return this.queue.messages.map(({ taskId }) => taskId);
  }

  async stateOf(id: string): Promise<string | undefined> {
    return (await this.repository.get(id))?.state;
  }
}

test("5,000 stranded tasks are published once each, in one sweep if there is time", async () => {
  const world = new World();
  const ids = await world.strand(5_000, minute);
  await world.sweep();
  expect(world.sentIds.sort()).toEqual(ids.sort());
});

test("with any failures, every task is published once or marked failed, and no task blocks another", async () => {
  const numbers = fc.uniqueArray(fc.nat(59), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      numbers,
      numbers,
      numbers,
      fc.integer({ min: 1, max: 7 }),
      async (count, failing, unmarked, poison, pageSize) => {
        const world = new World(0, pageSize);
        const ids = await world.strand(count, minute);
        const at = (numbers: readonly number[]) => new Set(numbers.flatMap((n) => ids[n] ?? []));
        const [failingIds, poisonIds] = [at(failing), at(poison)];
        world.queue.fails = ({ taskId }) => failingIds.has(taskId);
        world.queue.refuses = ({ taskId }) => poisonIds.has(taskId);
        const unmarkedIds = at(unmarked);
        const markPublished = world.repository.markPublished.bind(world.repository);
        jest
          .spyOn(world.repository, "markPublished")
          .mockImplementation((message) =>
            unmarkedIds.has(message.taskId) ? Promise.reject(new Error("throttled")) : markPublished(message),
          );

        await world.sweep();
        for (const id of ids) {
          const sent = world.sentIds.filter((other) => other === id).length;
          const isLeft = failingIds.has(id) || poisonIds.has(id);
          expect(sent).toBe(isLeft ? 0 : 1);
          if (!failingIds.has(id) && poisonIds.has(id)) {
            expect(await world.repository.get(id)).toMatchObject({
              state: "failed",
              error: expect.stringContaining("InvalidMessageContents") as unknown,
            });
          }
        }

        // Everything works again.
        [failingIds, unmarkedIds].forEach((set) => {
          set.clear();
        });
        await world.sweep();
        for (const id of ids) expect(await world.stateOf(id)).toBe(poisonIds.has(id) ? "failed" : "queued");
        const before = world.sentIds.length;
        await world.sweep();
        expect(world.sentIds).toHaveLength(before);
      },
    ),
    { numRuns: 60 },
  );
});

test("new tasks are published within two sweeps, whatever the number of old ones", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 }),
      async (arrivals) => {
        // A sweep publishes about 640 tasks, so the old ones take more sweeps than new ones may wait.
        const world = new World(1_000, 20);
        const old = await world.strand(2_400, 24 * 60 * minute);
        const fresh: { readonly id: string; readonly since: number }[] = [];
        for (const [at, count] of arrivals.entries()) {
          for (const id of await world.strand(count, 31_000)) fresh.push({ id, since: at });
          await world.sweep();
          const sent = new Set(world.sentIds);
          for (const { id, since } of fresh) if (at - since >= 1) expect(sent).toContain(id);
        }
        const sentOld = old.filter((id) => world.sentIds.includes(id));
        expect(sentOld.length).toBeGreaterThan(0);
        expect(sentOld.length).toBeLessThan(old.length);
        expect(new Set(world.sentIds).size).toBe(world.sentIds.length);
      },
    ),
    { numRuns: 3 },
  );
});

test("abandoned tasks are marked failed in every sweep, even when publishing takes all the time", async () => {
  const world = new World(1_000, 20);
  await world.strand(1_500, 24 * 60 * minute);
  const [abandoned = ""] = await world.strand(1, minute);
  await world.repository.claim({ taskId: abandoned, revision: 1 }, new Date(world.time));
  world.time += 4 * redeliverySeconds * 1000 + 1;
  await world.sweep();
  expect(await world.stateOf(abandoned)).toBe("failed");
  expect(world.sentIds.length).toBeGreaterThan(0);
});

test("a task whose message SQS has lost is published again; one whose message may be in the queue is not", async () => {
  const world = new World();
  const [lost = "", waiting = ""] = await world.strand(2, minute);
  await world.sweep();
  world.time += messageLifetimeSeconds * 1000;
  // It was delivered since, failed, and waits for its next attempt.
  const claim = await world.repository.claim({ taskId: waiting, revision: 1 }, new Date(world.time));
  if (claim.outcome === "claimed") await world.repository.endAttempt(claim.task, "no", "queued");
  for (let sweeps = 0; sweeps < 3; sweeps++) await world.sweep();
  const revisions = world.queue.messages.map(({ taskId, revision }) => `${taskId} ${revision}`);
  expect(revisions.sort()).toEqual([`${lost} 1`, `${lost} 2`, `${waiting} 1`].sort());
});

test("two concurrent sweeps publish nothing twice", async () => {
  const world = new World();
  const ids = await world.strand(500, minute);
  await Promise.all([world.fire(), world.fire()]);
  expect(world.sentIds.sort()).toEqual(ids.sort());
});

test("a sweep that Lambda ended blocks the next one no longer than its timeout", async () => {
  const world = new World();
  await world.strand(10, minute);
  await world.store.acquireLease("one that was killed", new Date(world.time + invocationMilliseconds));
  await world.sweep();
  expect(world.sentIds).toEqual([]);
  world.time += 1;
  await world.sweep();
  expect(world.sentIds).toHaveLength(10);
});
