import { newTaskId } from "../../shared/tasks/task-id";
import { backends, type Backend } from "../../shared/testing/backends";
import { aTask, noon } from "../../shared/testing/builders";
import type { FoundPage } from "./sweep-store";

const seconds = (count: number) => new Date(noon.getTime() + count * 1000);

async function idsOf(pages: AsyncIterable<FoundPage>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { found } of pages) ids.push(...found.map(({ task }) => task.id));
  return ids.sort();
}

describe.each(backends)("the sweep store %s", (_name, createBackend) => {
  let backend: Backend;
  beforeEach(() => (backend = createBackend()));

  const created = async (at = noon) => {
    const time = at.toISOString();
    const task = aTask({ id: newTaskId(at), createdAt: time, updatedAt: time });
    await backend.repository.create(task, "request-1");
    return { ...task, taskId: task.id };
  };

  test("lists each unpublished task that has not changed since then, once", async () => {
    const { repository, sweepStore } = backend;
    const old = await Promise.all(Array.from({ length: 30 }, () => created()));
    await repository.markPublished(await created());
    await created(seconds(30));
    expect(await idsOf(sweepStore.listUnpublished(seconds(30)))).toEqual(old.map(({ id }) => id).sort());
  });

  test("lists running tasks whose lease ended before then", async () => {
    const { repository, sweepStore } = backend;
    const [lapsed, held] = [await created(), await created()];
    await repository.claim(lapsed, seconds(10));
    await repository.claim(held, seconds(60));
    await created();
    expect(await idsOf(sweepStore.listAbandoned(seconds(30)))).toEqual([lapsed.id]);
  });

  test("lists queued tasks, and requeues one with its next revision unless it has changed", async () => {
    const { repository, sweepStore, clock } = backend;
    const task = await created();
    await repository.markPublished(task);
    expect(await idsOf(sweepStore.listQueued(seconds(30)))).toEqual([task.id]);
    const queued = await repository.get(task.id);
    if (queued === undefined) throw new Error("The task is gone");
    clock.now = seconds(30);
    expect(await sweepStore.requeue(queued)).toBe(true);
    expect(await sweepStore.requeue(queued)).toBe(false);
    expect(await repository.get(task.id)).toMatchObject({ state: "pending", revision: 2 });
    expect(await idsOf(sweepStore.listQueued(seconds(60)))).toEqual([]);
    expect(await idsOf(sweepStore.listUnpublished(seconds(60)))).toEqual([task.id]);
  });

  test("one holder has the lease until it ends or is released by that holder", async () => {
    const { sweepStore, clock } = backend;
    expect(await sweepStore.acquireLease("a", seconds(60))).toBe(true);
    expect(await sweepStore.acquireLease("a", seconds(60))).toBe(true);
    expect(await sweepStore.acquireLease("b", seconds(60))).toBe(false);
    await sweepStore.releaseLease("b");
    expect(await sweepStore.acquireLease("b", seconds(60))).toBe(false);
    await sweepStore.releaseLease("a");
    expect(await sweepStore.acquireLease("b", seconds(60))).toBe(true);
    clock.now = seconds(61);
    expect(await sweepStore.acquireLease("a", seconds(120))).toBe(true);
  });
});
