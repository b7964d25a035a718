import { newTaskId } from "../../tasks/task-id";
import { LostLeaseError, type Idempotency } from "../../tasks/task-repository";
import type { Task } from "../../tasks/task";
import { createAndClaim, firstRevision, type Backend, type CreateBackend } from "../backend";
import { afterNoon, aTask, noon } from "../builders";

const idempotency: Idempotency = { scope: "key", payloadHash: "hash", expiresAt: afterNoon(60) };

/** The behaviour of every task repository. */
export const describeTaskRepository = (createBackend: CreateBackend) => {
  let backend: Backend;
  let task: Task;
  beforeEach(async () => {
    backend = await createBackend();
    task = aTask();
  });
  const created = async (values: Partial<Task> = {}) => {
    task = aTask(values);
    await backend.repository.create(task, { requestId: "request-1" });
    return task;
  };
  const claim = (leaseEnds = afterNoon(30), exclusive = false) =>
    backend.repository.claim(firstRevision(task), leaseEnds, exclusive);
  const claimed = () => createAndClaim(backend, (task = aTask()));
  const found = () => backend.repository.get(task.id);

  test("creates a task once, and again for the same request only", async () => {
    const { repository } = backend;
    expect(await repository.get(task.id)).toBeUndefined();
    expect(await repository.create(task, { requestId: "request-1" })).toEqual({ outcome: "created" });
    expect(await repository.create(task, { requestId: "request-1" })).toEqual({ outcome: "created" });
    expect(await repository.create(task, { requestId: "request-2" })).toEqual({ outcome: "exists" });
    expect(await found()).toEqual(task);
  });

  test("an idempotency key replays its task, refuses another payload, and expires", async () => {
    const { repository, clock } = backend;
    const create = (wish: Idempotency) => repository.create(aTask(), { requestId: "request-2" }, wish);
    await repository.create(task, { requestId: "request-1" }, idempotency);
    expect(await create(idempotency)).toEqual({ outcome: "replayed", task });
    expect(await create({ ...idempotency, payloadHash: "other" })).toEqual({ outcome: "mismatch" });
    clock.now = afterNoon(61);
    expect(await create({ ...idempotency, expiresAt: afterNoon(120) })).toEqual({ outcome: "created" });
  });

  test("an idempotency key of a request in progress creates nothing", async () => {
    const { repository, setInProgress } = backend;
    await setInProgress(true);
    expect(await repository.create(task, { requestId: "request-1" }, idempotency)).toEqual({
      outcome: "inProgress",
    });
    expect(await found()).toBeUndefined();
    await setInProgress(false);
    expect(await repository.create(task, { requestId: "request-1" }, idempotency)).toEqual({
      outcome: "created",
    });
  });

  test("marks a pending task published, and no other", async () => {
    await created();
    await backend.repository.markPublished(firstRevision(task));
    expect(await found()).toMatchObject({ state: "queued" });
    await claim();
    await backend.repository.markPublished(firstRevision(task));
    expect(await found()).toMatchObject({ state: "running" });
  });

  test("a claim starts an attempt, and a second one is busy", async () => {
    await created();
    const attempt = { outcome: "claimed", task: { state: "running", attempts: 1 } };
    expect(await claim()).toMatchObject(attempt);
    expect(await claim()).toEqual({ outcome: "busy" });
  });

  test("an unknown task cannot be claimed, nor a finished one, nor by an older message", async () => {
    expect(await claim()).toEqual({ outcome: "unknown" });
    await created();
    await backend.repository.transition(task.id, ["pending"], { state: "cancelled" });
    expect(await claim()).toMatchObject({ outcome: "finished", task: { state: "cancelled" } });
    await created({ revision: 2 });
    expect(await claim()).toEqual({ outcome: "stale" });
  });

  test("after the lease a task is interrupted, and claimed by an exclusive claim only", async () => {
    await claimed();
    backend.clock.now = afterNoon(31);
    expect(await claim()).toEqual({ outcome: "interrupted", attempts: 1 });
    expect(await claim(afterNoon(60), true)).toMatchObject({ outcome: "claimed", task: { attempts: 2 } });
  });

  test("success is recorded by the attempt that holds the lease", async () => {
    const attempt = await claimed();
    backend.clock.now = afterNoon(31);
    await claim(afterNoon(60), true);
    await expect(backend.repository.succeed(attempt, {})).rejects.toThrow(LostLeaseError);
    await backend.repository.endAttempt(attempt, "too late", "failed");
    expect(await found()).toMatchObject({ state: "running", attempts: 2 });
    await backend.repository.succeed({ ...attempt, attempts: 2 }, { done: true });
    expect(await found()).toMatchObject({ state: "succeeded", result: { done: true } });
  });

  test("a failed task can be claimed again, and has no error once it has succeeded", async () => {
    const attempt = await claimed();
    await backend.repository.endAttempt(attempt, "no luck", "failed");
    expect(await found()).toMatchObject({ state: "failed", error: "no luck" });
    expect(await claim()).toMatchObject({ outcome: "claimed" });
    await backend.repository.succeed({ ...attempt, attempts: 2 }, {});
    expect(await found()).not.toHaveProperty("error");
  });

  test("success that is recorded again by the same attempt changes nothing", async () => {
    const attempt = await claimed();
    await backend.repository.succeed(attempt, { number: 1 });
    await backend.repository.succeed(attempt, { number: 2 });
    expect(await found()).toMatchObject({ state: "succeeded", result: { number: 1 } });
    await expect(backend.repository.succeed({ ...attempt, attempts: 2 }, {})).rejects.toThrow(LostLeaseError);
  });

  test("marks a task failed before its first attempt, and not during one", async () => {
    await created();
    await backend.repository.markFailed(firstRevision(task), "unreadable");
    expect(await found()).toMatchObject({ state: "failed", error: "unreadable" });
    const attempt = await claimed();
    await backend.repository.markFailed(firstRevision(attempt), "unreadable");
    expect(await found()).toMatchObject({ state: "running" });
  });

  test("a transition changes a task in one of the states, and a retry is its next revision", async () => {
    const { repository } = backend;
    await created();
    const retry = { state: "pending", origin: { requestId: "request-2" } } as const;
    expect(await repository.transition(task.id, ["failed"], retry)).toMatchObject({ changed: false });
    await repository.markFailed(firstRevision(task), "unreadable");
    const { changed, task: after } = await repository.transition(task.id, ["failed"], retry);
    expect({ changed, after }).toMatchObject({ changed: true, after: { state: "pending", revision: 2 } });
    await repository.markPublished(firstRevision(task));
    expect(await found()).toMatchObject({ state: "pending" });
    const missing = await repository.transition(newTaskId(noon), ["failed"], retry);
    expect(missing).toEqual({ changed: false, task: undefined });
  });

  test("lists tasks newest first, by state and type, before an id, up to a limit", async () => {
    const { repository } = backend;
    const ids: string[] = [];
    for (let second = 0; second < 12; second++) {
      const at = afterNoon(second);
      const type = second % 2 === 0 ? "echo" : "report.summary";
      const { id } = await created({ id: newTaskId(at), type, createdAt: at.toISOString() });
      ids.unshift(id);
    }
    const list = async (query: Partial<Parameters<typeof repository.list>[0]>) =>
      (await repository.list({ limit: 100, ...query })).tasks.map(({ id }) => id);
    expect(await list({})).toEqual(ids);
    expect(await list({ limit: 3 })).toEqual(ids.slice(0, 3));
    expect(await list({ before: ids[4] ?? "" })).toEqual(ids.slice(5));
    expect(await list({ type: "echo", limit: 2 })).toEqual([ids[1], ids[3]]);
    expect(await list({ state: "queued" })).toEqual([]);
    expect(await list({ state: "pending", limit: 1 })).toEqual([ids[0]]);
  });

  test("counts the tasks created since a time, by state and by type", async () => {
    const { repository } = backend;
    const at = (second: number) => created({ id: newTaskId(afterNoon(second)) });
    await repository.markPublished(firstRevision(await at(-1)));
    await at(0);
    await repository.markPublished(firstRevision(await at(1)));
    for (const [second, finish] of [
      [2, (attempt: Task) => repository.succeed(attempt, {})],
      [3, (attempt: Task) => repository.endAttempt(attempt, "", "failed")],
      [4, () => repository.create(aTask({ type: "report.summary" }), { requestId: "request-1" })],
    ] as const) {
      await at(second);
      const result = await claim();
      if (result.outcome === "claimed") await finish(result.task);
    }
    expect(await repository.countSince(noon, ["echo", "report.summary", "unused"])).toEqual({
      total: 6,
      byState: { pending: 2, queued: 1, running: 1, succeeded: 1, failed: 1, cancelled: 0 },
      byType: { echo: 5, "report.summary": 1, unused: 0 },
    });
  });
};
