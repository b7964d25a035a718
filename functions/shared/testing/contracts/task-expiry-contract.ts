import type { Task } from "../../tasks/task";
import { createAndClaim, firstRevision, retentionDays, type Backend, type CreateBackend } from "../backend";
import { afterNoon, aTask } from "../builders";

/** What every task repository does with tasks after their retention. */
export const describeTaskExpiry = (createBackend: CreateBackend) => {
  let backend: Backend;
  let task: Task;
  beforeEach(async () => {
    backend = await createBackend();
    task = aTask();
  });
  const created = async () => {
    await backend.repository.create(task, { requestId: "request-1" });
    return task;
  };
  const claim = (leaseEnds = afterNoon(30)) => backend.repository.claim(firstRevision(task), leaseEnds);
  const claimed = () => createAndClaim(backend, task);
  const found = () => backend.repository.get(task.id);
  const after = (days: number) => {
    backend.clock.now = afterNoon(days * 24 * 3600 + 1);
  };
  const listed = async () =>
    (await backend.repository.list({ limit: 100 })).tasks.map(({ id }) => id).includes(task.id);

  test.each<[string, () => Promise<unknown>]>([
    ["succeeded", async () => backend.repository.succeed(await claimed(), {})],
    ["failed", async () => backend.repository.endAttempt(await claimed(), "no luck", "failed")],
    [
      "cancelled",
      async () => backend.repository.transition((await created()).id, ["pending"], { state: "cancelled" }),
    ],
  ])("a task that has %s is gone, and not before", async (_state, finish) => {
    await finish();
    after(retentionDays - 1);
    expect([await found(), await listed()]).toEqual([expect.anything(), true]);
    after(retentionDays);
    expect([await found(), await listed()]).toEqual([undefined, false]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["pending", () => created()],
    ["queued", async () => backend.repository.markPublished(firstRevision(await created()))],
    ["running", () => claimed()],
    ["queued for another attempt", async () => backend.repository.endAttempt(await claimed(), "", "queued")],
  ])("a task that is %s is there", async (_state, reach) => {
    await reach();
    after(1_000);
    expect([await found(), await listed()]).toEqual([expect.anything(), true]);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "retried",
      () =>
        backend.repository.transition(task.id, ["failed"], {
          state: "pending",
          origin: { requestId: "request-2" },
        }),
    ],
    ["claimed by a dead letter that was moved back", () => claim()],
  ])("a failed task that was %s before is there", async (_what, reopen) => {
    await created();
    await backend.repository.markFailed(firstRevision(task), "unreadable");
    after(retentionDays - 1);
    await reopen();
    after(1_000);
    expect([await found(), await listed()]).toEqual([expect.anything(), true]);
  });

  test("an expired task cannot be retried or claimed", async () => {
    await created();
    await backend.repository.markFailed(firstRevision(task), "unreadable");
    after(retentionDays);
    const retry = { state: "pending", origin: { requestId: "request-2" } } as const;
    expect(await backend.repository.transition(task.id, ["failed"], retry)).toEqual({
      changed: false,
      task: undefined,
    });
    expect(await claim(afterNoon(1e9))).toEqual({ outcome: "unknown" });
  });
};
