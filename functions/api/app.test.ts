import { newTaskId } from "../shared/tasks/task-id";
import { aTask, noon } from "../shared/testing/builders";
import { testApi } from "./testing/test-api";

const echo = { type: "echo", payload: { message: "hello" } };

describe("POST /tasks", () => {
  test("creates a task, returns its Location, and sends its message", async () => {
    const { api, queue, repository } = testApi();
    const { body, headers } = await api.post("/tasks").send(echo).expect(202);
    expect(body).toMatchObject({ ...echo, state: "pending", attempts: 0, createdAt: noon.toISOString() });
    expect(headers.location).toBe(`/tasks/${(body as { id: string }).id}`);
    expect(queue.messages).toEqual([
      expect.objectContaining({ taskId: (body as { id: string }).id, requestId: "request-1" }),
    ]);
    expect([...repository.entries.values()][0]).toMatchObject({ task: { state: "queued" } });
  });

  test("creates a task that could not be published, and leaves it to the sweep", async () => {
    const { api, queue, repository } = testApi();
    queue.fails = () => true;
    const { body } = await api.post("/tasks").send(echo).expect(202);
    expect(body).toMatchObject({ state: "pending" });
    expect([...repository.entries.values()][0]).toMatchObject({ task: { state: "pending" } });
  });

  test("is 503 with Retry-After if the task could not be written", async () => {
    const { api, queue, repository } = testApi();
    jest.spyOn(repository, "create").mockRejectedValue(new Error("table tasks-dev is gone"));
    const { headers, text } = await api.post("/tasks").send(echo).expect(503);
    expect(headers["retry-after"]).toBe("5");
    expect(text).not.toContain("tasks-dev");
    expect(queue.messages).toEqual([]);
  });

  test.each([
    ["a body that is not JSON", "{", "application/json", 400, "invalid-json"],
    ["a form", "a=1", "application/x-www-form-urlencoded", 415, "unsupported-media-type"],
    ["another character set", "{}", "application/json; charset=latin9", 415, "unsupported-media-type"],
    ["UTF-7", "{}", "application/json; charset=utf-7", 415, "unsupported-media-type"],
    ["a later charset", "{}", "application/json; a=x; charset=utf-16", 415, "unsupported-media-type"],
    ["a list", "[]", "application/json; charset=UTF-8", 422, "invalid-request"],
    ["no body", "", "application/json", 422, "invalid-request"],
    ["more than 128 KiB", `{"a":"${"x".repeat(128 * 1024)}"}`, "application/json", 413, "body-too-large"],
  ])("refuses %s", async (_what, text, contentType, status, code) => {
    const { api, queue } = testApi();
    const { headers, body } = await api
      .post("/tasks")
      .set("content-type", contentType)
      .send(text)
      .expect(status);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(body).toMatchObject({ type: `/problems/${code}`, status, instance: "request-1" });
    expect(queue.messages).toEqual([]);
  });

  test("names each error with its pointer", async () => {
    const { api } = testApi();
    const { body } = await api
      .post("/tasks")
      .send({ type: "echo", payload: { message: 1, "a/b": 2 } })
      .expect(422);
    expect((body as { errors: unknown[] }).errors).toEqual([
      { pointer: "/payload/message", detail: expect.stringContaining("expected string") as string },
      { pointer: "/payload/a~1b", detail: "Unrecognized key" },
    ]);
  });

  test("refuses an unknown task type", async () => {
    const { api } = testApi();
    const { body } = await api.post("/tasks").send({ type: "nothing", payload: {} }).expect(422);
    expect(body).toMatchObject({ errors: [{ pointer: "/type" }] });
  });
});

describe("GET /tasks", () => {
  test("pages through all tasks, newest first, each once", async () => {
    const { api, repository } = testApi();
    const ids = Array.from({ length: 5 }, (_, second) => newTaskId(new Date(noon.getTime() + second * 1000)));
    for (const id of ids) await repository.create(aTask({ id }), { requestId: "r" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await api
        .get("/tasks")
        .query({ limit: 2, ...(cursor && { cursor }) })
        .expect(200);
      const page = body as { tasks: { id: string }[]; cursor?: string };
      seen.push(...page.tasks.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids.reverse());
  });

  test("filters by state and type", async () => {
    const { api, repository } = testApi();
    const wanted = aTask({ state: "failed", type: "report.summary" });
    for (const task of [wanted, aTask({ state: "failed" }), aTask({ type: "report.summary" })]) {
      await repository.create(task, { requestId: "r" });
    }
    const { body } = await api.get("/tasks").query({ state: "failed", type: "report.summary" }).expect(200);
    expect(body).toEqual({ tasks: [wanted] });
  });

  test.each([
    ["limit=0"],
    ["limit=101"],
    ["limit=many"],
    ["state=done"],
    ["cursor=nonsense"],
    ["colour=red"],
  ])("refuses ?%s and names the parameter", async (query) => {
    const { body } = await testApi().api.get(`/tasks?${query}`).expect(422);
    expect(body).toMatchObject({ errors: [{ pointer: `?${query.split("=")[0] ?? ""}` }] });
  });
});

test("GET /tasks/{id} returns the task, or 404", async () => {
  const { api, repository } = testApi();
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  await api.get(`/tasks/${task.id}`).expect(200, task);
  await api.get(`/tasks/${newTaskId(noon)}`).expect(404);
  await api.get("/tasks/no-id-at-all").expect(404);
});

test.each(["/tasks/%E0%A4%A", "/tasks/%"])("%s is not found", async (path) => {
  await testApi().api.get(path).expect(404);
});

test.each([
  ["a key that would set a prototype", "__proto__", {}, 422],
  ["the same by escapes", String.raw`\u005f_proto\u005F_`, {}, 422],
  ["a compressed body", "more", { "content-encoding": "gzip" }, 415],
])("POST /tasks refuses %s", async (_what, key, more, status) => {
  const text = `{"type":"echo","payload":{"message":"x","${key}":{"polluted":true}}}`;
  const headers = { "content-type": "application/json", ...more };
  await testApi().api.post("/tasks").set(headers).send(text).expect(status);
});

test("GET /health returns version and commit", async () => {
  await testApi().api.get("/health").expect(200, { status: "ok", version: "1.2.3", commit: "abc" });
});

test("an unknown path is a 404, an unknown method a 405 with the allowed methods", async () => {
  const { api } = testApi();
  const { body: missing } = await api.get("/nothing").expect(404);
  expect(missing).toMatchObject({ type: "/problems/resource-not-found" });
  const { headers, body } = await api.patch("/tasks").expect(405);
  expect(body).toMatchObject({ type: "/problems/method-not-allowed" });
  expect(headers.allow).toBe("POST, GET, HEAD");
});

test("responses do not name the framework, and have the request's id", async () => {
  const { headers } = await testApi().api.get("/health");
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-request-id"]).toBe("request-1");
});

test("a failed DynamoDB call is a 503 without details", async () => {
  const { api, repository } = testApi();
  jest.spyOn(repository, "get").mockRejectedValue(new Error("arn:aws:dynamodb:secret"));
  const { text, headers } = await api.get(`/tasks/${newTaskId(noon)}`).expect(503);
  expect(headers["retry-after"]).toBe("5");
  expect(text).not.toContain("arn:");
  expect(JSON.parse(text)).toMatchObject({ type: "/problems/service-unavailable", instance: "request-1" });
});

test("a response has the properties of its schema only; one that does not match is a 500 without details", async () => {
  const { api, repository } = testApi();
  const task = aTask();
  jest.spyOn(repository, "get").mockResolvedValueOnce({ ...task, ...{ secret: "arn:" } });
  await api.get(`/tasks/${task.id}`).expect(200, task);
  jest.spyOn(repository, "get").mockResolvedValueOnce({ ...task, id: "arn:" });
  const { text } = await api.get(`/tasks/${task.id}`).expect(500);
  expect(text).not.toContain("arn:");
  expect(JSON.parse(text)).toMatchObject({ type: "/problems/internal-error", instance: "request-1" });
});

describe("without a table", () => {
  test("a task is published", async () => {
    const { api, queue } = testApi({ repository: undefined });
    await api.post("/tasks").send(echo).expect(202);
    expect(queue.messages).toHaveLength(1);
  });

  test("a task that could not be published was not created", async () => {
    const { api, queue } = testApi({ repository: undefined });
    queue.fails = () => true;
    await api.post("/tasks").send(echo).expect(503);
  });

  test.each(["/tasks", `/tasks/${newTaskId(noon)}`])(
    "GET %s is 501, without a hint at files of the repository",
    async (path) => {
      const { body, text } = await testApi({ repository: undefined }).api.get(path).expect(501);
      expect(body).toMatchObject({ type: "/problems/persistence-disabled" });
      expect(text).not.toMatch(/tfvars|deploy\/|table\./);
    },
  );
});
