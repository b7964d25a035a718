import type { TaskState } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import { aTask, noon } from "../../shared/testing/builders";
import { testApi } from "../testing/test-api";

async function setUp(...states: TaskState[]) {
  const test = testApi();
  const tasks = states.map((state) => aTask({ state }));
  for (const task of tasks) await test.repository.create(task, { requestId: "request-0" });
  return { ...test, ids: tasks.map(({ id }) => id) };
}

test.each(["pending", "queued"] as const)("a %s task can be cancelled, and stays so", async (state) => {
  const { api, ids, repository } = await setUp(state);
  const path = `/tasks/${ids[0] ?? ""}`;
  const { body } = await api.post(`${path}/cancel`).expect(200);
  expect(body).toMatchObject({ state: "cancelled" });
  await api.delete(path).expect(200);
  expect(await repository.claim({ taskId: ids[0] ?? "", revision: 1 }, noon)).toMatchObject({
    outcome: "finished",
  });
});

test.each(["running", "succeeded", "failed"] as const)("a %s task cannot be cancelled", async (state) => {
  const { api, ids } = await setUp(state);
  const { body } = await api.delete(`/tasks/${ids[0] ?? ""}`).expect(409);
  expect(body).toMatchObject({ type: "/problems/task-not-cancellable", detail: `The task is ${state}.` });
});

test("a failed task can be retried, with the id of the request", async () => {
  const { api, ids, queue } = await setUp("failed");
  const path = `/tasks/${ids[0] ?? ""}`;
  const { body, headers } = await api.post(`${path}/retry`).expect(202);
  expect(body).toMatchObject({ state: "pending", revision: 2 });
  expect(headers.location).toBe(path);
  expect(queue.messages).toEqual([
    expect.objectContaining({ taskId: ids[0], revision: 2, requestId: "request-1" }),
  ]);
  await api.post(`${path}/retry`).expect(409);
});

test("a retry that could not be published is left to the sweep", async () => {
  const { api, ids, queue, repository } = await setUp("failed");
  queue.fails = () => true;
  await api.post(`/tasks/${ids[0] ?? ""}/retry`).expect(202);
  expect(repository.entries.get(ids[0] ?? "")).toMatchObject({ task: { state: "pending" } });
});

test.each(["pending", "queued", "running", "succeeded", "cancelled"] as const)(
  "a %s task cannot be retried",
  async (state) => {
    const { api, ids, queue } = await setUp(state);
    const { body } = await api.post(`/tasks/${ids[0] ?? ""}/retry`).expect(409);
    expect(body).toMatchObject({ type: "/problems/task-not-retryable" });
    expect(queue.messages).toEqual([]);
  },
);

test.each(["cancel", "retry"])("POST /tasks/{id}/%s of no task is a 404", async (verb) => {
  const { api } = await setUp();
  const { body } = await api.post(`/tasks/${newTaskId(noon)}/${verb}`).expect(404);
  expect(body).toMatchObject({ type: "/problems/task-not-found" });
  await api.post(`/tasks/no-id/${verb}`).expect(404);
});

test("an unchanged task is a 304", async () => {
  const { api, ids, repository } = await setUp("queued");
  const path = `/tasks/${ids[0] ?? ""}`;
  const { headers } = await api.get(path).expect(200);
  const tag = String(headers.etag);
  expect((await api.get(path).set("if-none-match", tag).expect(304)).text).toBe("");
  for (const names of [`"other", ${tag}`, `W/${tag}`, "*"])
    await api.get(path).set("if-none-match", names).expect(304);
  // fetch sends this with every If-None-Match; it is meant for intermediate caches.
  await api.get(path).set({ "if-none-match": tag, "cache-control": "no-cache" }).expect(304);
  await api.get(path).set("if-none-match", '"other"').expect(200);
  await repository.claim({ taskId: ids[0] ?? "", revision: 1 }, noon);
  await api.get(path).set("if-none-match", tag).expect(200);
});
