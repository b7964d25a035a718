import { backends, type Backend } from "../testing/backends";
import { aTask, noon } from "../testing/builders";
import { newTaskId } from "./task-id";
import { LostLeaseError, type Idempotency } from "./task-repository";
import type { Task } from "./task";

const seconds = (count: number) => new Date(noon.getTime() + count * 1000);
const idempotency: Idempotency = { scope: "key", payloadHash: "hash", expiresAt: seconds(60) };
const first = (task: Task) => ({ taskId: task.id, revision: 1 });

describe.each(backends)("the task repository %s", (_name, createBackend) => {
  let backend: Backend;
  let task: Task;
  beforeEach(() => {
    backend = createBackend();
    task = aTask();
  });
  const created = async (values: Partial<Task> = {}) => {
    task = aTask(values);
    await backend.repository.create(task, "request-1");
    return task;
  };
  const claim = (leaseEnds = seconds(30), exclusive = false) =>
    backend.repository.claim(first(task), leaseEnds, exclusive);
  const claimed = async () => {
    await created();
    const result = await claim();
    if (result.outcome !== "claimed") throw new Error(result.outcome);
    return result.task;
  };
  const found = () => backend.repository.get(task.id);

  test("creates a task once, and again for the same request only", async () => {
    const { repository } = backend;
    expect(await repository.get(task.id)).toBeUndefined();
    expect(await repository.create(task, "request-1")).toEqual({ outcome: "created" });
    expect(await repository.create(task, "request-1")).toEqual({ outcome: "created" });
    expect(await repository.create(task, "request-2")).toEqual({ outcome: "exists" });
    expect(await found()).toEqual(task);
  });

  test("an idempotency key replays its task, refuses another payload, and expires", async () => {
    const { repository, clock } = backend;
    const create = (wish: Idempotency) => repository.create(aTask(), "request-2", wish);
    await repository.create(task, "request-1", idempotency);
    expect(await create(idempotency)).toEqual({ outcome: "replayed", task });
    expect(await create({ ...idempotency, payloadHash: "other" })).toEqual({ outcome: "mismatch" });
    clock.now = seconds(61);
    expect(await create({ ...idempotency, expiresAt: seconds(120) })).toEqual({ outcome: "created" });
  });

  test("an idempotency key of a request in progress creates nothing", async () => {
    const { repository, setInProgress } = backend;
    setInProgress(true);
    expect(await repository.create(task, "request-1", idempotency)).toEqual({ outcome: "inProgress" });
    expect(await found()).toBeUndefined();
    setInProgress(false);
    expect(await repository.create(task, "request-1", idempotency)).toEqual({ outcome: "created" });
  });

  test("marks a pending task published, and no other", async () => {
    await created();
    await backend.repository.markPublished(first(task));
    expect(await found()).toMatchObject({ state: "queued" });
    await claim();
    await backend.repository.markPublished(first(task));
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
    backend.clock.now = seconds(31);
    expect(await claim()).toEqual({ outcome: "interrupted", attempts: 1 });
    expect(await claim(seconds(60), true)).toMatchObject({ outcome: "claimed", task: { attempts: 2 } });
  });

  test("success is recorded by the attempt that holds the lease", async () => {
    const attempt = await claimed();
    backend.clock.now = seconds(31);
    await claim(seconds(60), true);
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

  test("marks a task failed before its first attempt, and not during one", async () => {
    await created();
    await backend.repository.markFailed(first(task), "unreadable");
    expect(await found()).toMatchObject({ state: "failed", error: "unreadable" });
    const attempt = await claimed();
    await backend.repository.markFailed(first(attempt), "unreadable");
    expect(await found()).toMatchObject({ state: "running" });
  });

  test("a transition changes a task in one of the states, and a retry is its next revision", async () => {
    const { repository } = backend;
    await created();
    const retry = { state: "pending", requestId: "request-2" } as const;
    expect(await repository.transition(task.id, ["failed"], retry)).toMatchObject({ changed: false });
    await repository.markFailed(first(task), "unreadable");
    const { changed, task: after } = await repository.transition(task.id, ["failed"], retry);
    expect({ changed, after }).toMatchObject({ changed: true, after: { state: "pending", revision: 2 } });
    await repository.markPublished(first(task));
    expect(await found()).toMatchObject({ state: "pending" });
    const missing = await repository.transition(newTaskId(noon), ["failed"], retry);
    expect(missing).toEqual({ changed: false, task: undefined });
  });

  test("lists tasks newest first, by state and type, before an id, up to a limit", async () => {
    const { repository } = backend;
    const ids: string[] = [];
    for (let second = 0; second < 12; second++) {
      const at = seconds(second);
      const type = second % 2 === 0 ? "echo" : "report.summary";
      const { id } = await created({ id: newTaskId(at), type, createdAt: at.toISOString() });
      ids.unshift(id);
    }
    const list = async (query: Partial<Parameters<typeof repository.list>[0]>) =>
      (await repository.list({ limit: 100, ...query })).map(({ id }) => id);
    expect(await list({})).toEqual(ids);
    expect(await list({ limit: 3 })).toEqual(ids.slice(0, 3));
    expect(await list({ before: ids[4] ?? "" })).toEqual(ids.slice(5));
    expect(await list({ type: "echo", limit: 2 })).toEqual([ids[1], ids[3]]);
    expect(await list({ state: "queued" })).toEqual([]);
    expect(await list({ state: "pending", limit: 1 })).toEqual([ids[0]]);
    const since: string[] = [];
    for await (const { id } of repository.createdSince(seconds(9))) since.push(id);
    expect(since).toEqual(ids.slice(0, 3));
  });
});
