import { createServer, type Server } from "node:http";
import { createTasksClient, type TasksClient } from "../../client";
import { testApi } from "@serverless-tasks/functions/api/testing/test-api";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { aTask, afterNoon, noon } from "@serverless-tasks/functions/shared/testing/builders";
import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { UsageError } from "../core/errors";
import { validateTaskValues, type TaskValues } from "./task-options";
import { runTaskCommand } from "./tasks";

/** Requests take long on a loaded machine. */
jest.setTimeout(60_000);

const values = (given: Partial<TaskValues> & Pick<TaskValues, "action">): TaskValues => ({
  ...{ ids: [], state: undefined, type: undefined, before: undefined, limit: undefined, rate: 1_000 },
  ...{ token: undefined, "older-than": undefined, contains: undefined, caller: undefined },
  ...{ payload: undefined, count: undefined },
  ...given,
});

/** The API in this process, over HTTP. */
let server: Server;
let service: ReturnType<typeof testApi>;
let api: TasksClient;
/** Requests to change a task, and what happens to them. */
let changes: string[];
let interrupt: (request: string) => "before" | "after" | undefined;
let printed: string[];

beforeEach(async () => {
  [changes, printed, interrupt] = [[], [], () => undefined];
  service = testApi();
  server = createServer(service.app);
  const baseUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  api = createTasksClient({ baseUrl, fetch: send });
  jest.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

/** Ends the process of the command: no later request is sent. */
async function send(request: Request): Promise<Response> {
  const name = `${request.method} ${new URL(request.url).pathname}`;
  const ends = request.method === "POST" ? interrupt(name) : undefined;
  if (ends === "before") throw new Error("killed");
  if (request.method === "POST") changes.push(name);
  const response = await fetch(request);
  if (ends === "after") throw new Error("killed");
  return response;
}

/** Creates tasks in a state, the oldest first, a second apart. */
async function created(count: number, state: Task["state"] = "failed", type = "echo"): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const task = aTask({ id: newTaskId(afterNoon(at)), type });
    ids.push(task.id);
    await service.repository.create(task, { requestId: "r" });
    if (state === "failed") await service.repository.markFailed({ taskId: task.id, revision: 1 }, "no luck");
    if (state === "queued") await service.repository.markPublished({ taskId: task.id, revision: 1 });
  }
  return ids;
}
const revisions = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await service.repository.get(id))?.revision));
const run = (given: Parameters<typeof values>[0], yes = true) => runTaskCommand(values(given), { api, yes });

test.each([
  { action: "get" },
  { action: "get", ids: ["1", "2"] },
  { action: "get", ids: ["1"], type: "echo" },
  { action: "list", ids: ["1"], rate: undefined },
  { action: "list" },
  { action: "retry", ids: ["1"], type: "echo" },
  { action: "retry", state: "queued" },
  { action: "cancel", state: "failed" },
] as const)("%j is wrong usage", (given) => {
  expect(() => {
    validateTaskValues(values(given as Parameters<typeof values>[0]));
  }).toThrow(UsageError);
});

test.each([
  { action: "get", ids: ["1"], rate: undefined },
  { action: "list", state: "failed", "older-than": 60, rate: undefined },
  { action: "retry" },
  { action: "retry", ids: ["1", "2"] },
  { action: "cancel", state: "pending", type: "echo", before: noon },
] as const)("%j is right", (given) => {
  validateTaskValues(values(given as Parameters<typeof values>[0]));
});

test("get prints a task; of one that does not exist it reports the status", async () => {
  const [id = ""] = await created(1);
  expect(await run({ action: "get", ids: [id] })).toMatchObject({ id, state: "failed", error: "no luck" });
  await expect(run({ action: "get", ids: [newTaskId(noon)] })).rejects.toThrow("status 404");
});

test("list prints the newest, by state, type and age", async () => {
  const failed = await created(3);
  const queued = await created(1, "queued", "report.summary");
  const ids = async (given: Partial<TaskValues>) =>
    ((await run({ action: "list", ...given })) as Task[]).map(({ id }) => id);
  expect(await ids({ state: "failed" })).toEqual([...failed].reverse());
  expect(await ids({ type: "report.summary" })).toEqual(queued);
  expect(await ids({ limit: 2 })).toHaveLength(2);
  expect(await ids({ before: noon })).toEqual([]);
  expect(await ids({ "older-than": 1 })).toHaveLength(4);
});

test("without --yes the selected tasks are counted, and none is changed", async () => {
  const ids = await created(3);
  await created(1, "queued", "report.summary");
  expect(await run({ action: "retry" }, false)).toMatchObject({
    selected: 3,
    groups: [{ type: "echo", state: "failed", count: 3 }],
    changed: 0,
  });
  expect(await run({ action: "cancel" }, false)).toMatchObject({ selected: 1, changed: 0 });
  expect([changes, await revisions(ids)]).toEqual([[], [1, 1, 1]]);
  expect(printed).toContain("Nothing was changed. To retry them, add --yes.");
});

test("more tasks than a page are retried once each, and the others are not", async () => {
  const ids = await created(130);
  const others = await created(2, "failed", "report.summary");
  expect(await run({ action: "retry", type: "echo" })).toMatchObject({
    selected: 130,
    changed: 130,
    skipped: 0,
  });
  expect(new Set(await revisions(ids))).toEqual(new Set([2]));
  expect(await revisions(others)).toEqual([1, 1]);
  expect(service.queue.messages).toHaveLength(130);
});

test("pending and queued tasks are cancelled", async () => {
  const ids = [...(await created(2, "pending")), ...(await created(2, "queued"))];
  expect(await run({ action: "cancel", limit: 3 })).toMatchObject({ changed: 3 });
  const states = await Promise.all(ids.map(async (id) => (await service.repository.get(id))?.state));
  expect(states.filter((state) => state === "cancelled")).toHaveLength(3);
});

test("a task whose state changes after it was counted is skipped", async () => {
  const [first = "", second = ""] = await created(2);
  interrupt = () => {
    void service.repository.transition(first, ["failed"], { state: "pending", origin: { requestId: "r" } });
    return undefined;
  };
  expect(await run({ action: "retry" })).toMatchObject({ selected: 2, changed: 1, skipped: 1 });
  expect(await revisions([first, second])).toEqual([2, 2]);
});

test.each(["before", "after"] as const)(
  "killed %s any of its requests, the same command retries each task once in all",
  async (when) => {
    for (let at = 1; at <= 5; at++) {
      const ids = await created(5);
      let sent = 0;
      let killed = false;
      interrupt = () => {
        sent += 1;
        if (killed) return "before";
        killed = sent === at;
        return killed ? when : undefined;
      };
      await expect(run({ action: "retry" })).rejects.toThrow("killed");
      const half = await revisions(ids);
      interrupt = () => undefined;
      const left = half.filter((revision) => revision === 1).length;
      expect(await run({ action: "retry" })).toMatchObject({ changed: left, skipped: 0 });
      expect(await revisions(ids)).toEqual(Array(5).fill(2));
    }
    expect(service.queue.messages).toHaveLength(25);
  },
);

test("a task that has failed again since is not retried by a run with --before", async () => {
  const [id = ""] = await created(1);
  expect(await run({ action: "retry", before: noon })).toMatchObject({ selected: 0 });
  expect(await run({ action: "retry", before: afterNoon(1) })).toMatchObject({ changed: 1 });
  expect(await revisions([id])).toEqual([2]);
});

test("a task that is named is changed; one in another state fails", async () => {
  const [failed = ""] = await created(1);
  const [queued = ""] = await created(1, "queued", "report.summary");
  expect(await run({ action: "retry", ids: [failed] }, false)).toMatchObject({ changed: 1 });
  await expect(run({ action: "retry", ids: [queued] })).rejects.toThrow("does not allow to retry");
  expect(await run({ action: "cancel", ids: [queued] })).toMatchObject({ changed: 1 });
});
