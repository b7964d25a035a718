import type { FoundPage } from "../../tasks/sweep-store";
import { newTaskId } from "../../tasks/task-id";
import { LostLeaseError } from "../../tasks/task-repository";
import type { Backend, CreateBackend } from "../backend";
import { afterNoon, aTask, noon } from "../builders";

async function idsOf(pages: AsyncIterable<FoundPage>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { found } of pages) ids.push(...found.map(({ task }) => task.id));
  return ids.sort();
}

/** The behaviour of every store that the sweep reads. */
export const describeSweepStore = (createBackend: CreateBackend) => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await createBackend();
  });

  const created = async (at = noon) => {
    const time = at.toISOString();
    const task = aTask({ id: newTaskId(at), createdAt: time, updatedAt: time });
    await backend.repository.create(task, { requestId: "request-1" });
    return { ...task, taskId: task.id };
  };

  test("lists each unpublished task that has not changed since then, once", async () => {
    const { repository, sweepStore } = backend;
    const old = await Promise.all(Array.from({ length: 30 }, () => created()));
    await repository.markPublished(await created());
    await created(afterNoon(30));
    expect(await idsOf(sweepStore.listUnpublished(afterNoon(30)))).toEqual(old.map(({ id }) => id).sort());
  });

  test("lists running tasks whose lease ended before then", async () => {
    const { repository, sweepStore } = backend;
    const [lapsed, held] = [await created(), await created()];
    await repository.claim(lapsed, afterNoon(10));
    await repository.claim(held, afterNoon(60));
    await created();
    expect(await idsOf(sweepStore.listAbandoned(afterNoon(30)))).toEqual([lapsed.id]);
  });

  test("lists queued tasks, and requeues one with its next revision unless it has changed", async () => {
    const { repository, sweepStore, clock } = backend;
    const task = await created();
    await repository.markPublished(task);
    expect(await idsOf(sweepStore.listQueued(afterNoon(30)))).toEqual([task.id]);
    const queued = await repository.get(task.id);
    if (queued === undefined) throw new Error("The task is gone");
    clock.now = afterNoon(30);
    expect(await sweepStore.requeue(queued)).toBe(true);
    expect(await sweepStore.requeue(queued)).toBe(false);
    expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2 });
    expect(await idsOf(sweepStore.listQueued(afterNoon(60)))).toEqual([]);
    expect(await idsOf(sweepStore.listUnpublished(afterNoon(60)))).toEqual([task.id]);
  });

  test("requeues a running task unless it has changed, whose attempt then records nothing", async () => {
    const { repository, sweepStore, clock } = backend;
    const task = await created();
    const claim = await repository.claim(task, afterNoon(10));
    const running = await repository.get(task.id);
    if (claim.outcome !== "claimed" || running === undefined) throw new Error("The task was not claimed");
    clock.now = afterNoon(30);
    expect(await sweepStore.requeue({ ...running, updatedAt: afterNoon(1).toISOString() })).toBe(false);
    expect(await sweepStore.requeue(running)).toBe(true);
    expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2, attempts: 1 });
    await expect(repository.succeed(claim.task, {})).rejects.toThrow(LostLeaseError);
    expect((await repository.claim(task, afterNoon(60))).outcome).toBe("stale");
    expect((await repository.claim({ ...task, revision: 2 }, afterNoon(60))).outcome).toBe("claimed");
  });

  test("one holder has the lease until it ends or is released by that holder", async () => {
    const { sweepStore, clock } = backend;
    expect(await sweepStore.acquireLease("a", afterNoon(60))).toBe(true);
    expect(await sweepStore.acquireLease("a", afterNoon(60))).toBe(true);
    expect(await sweepStore.acquireLease("b", afterNoon(60))).toBe(false);
    await sweepStore.releaseLease("b");
    expect(await sweepStore.acquireLease("b", afterNoon(60))).toBe(false);
    await sweepStore.releaseLease("a");
    expect(await sweepStore.acquireLease("b", afterNoon(60))).toBe(true);
    clock.now = afterNoon(61);
    expect(await sweepStore.acquireLease("a", afterNoon(120))).toBe(true);
  });
};
