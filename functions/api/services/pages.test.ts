import { payloadLimits, resultLimits, findUnstorable } from "../../shared/tasks/storable";
import { newTaskId } from "../../shared/tasks/task-id";
import type { Task } from "../../shared/tasks/task";
import { aTask, noon } from "../../shared/testing/builders";
import { testApi } from "../testing/test-api";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const lambdaResponseBytes = 6_291_556;
const headroom = 16 * 1024;

interface ApiResponse {
  readonly text: string;
  readonly body: { readonly tasks: readonly Task[]; readonly cursor?: string };
}

/** Reads all pages, each of which must fit into a response of Lambda. */
async function readPages(tasks: readonly Task[], limit: number) {
  const { api, repository } = testApi();
  for (const task of tasks) await repository.create(task, { requestId: "r" });
  const pages: string[][] = [];
  for (let cursor = ""; pages.length <= tasks.length;) {
    const { text, body }: ApiResponse = await api.get(`/tasks?limit=${limit}${cursor}`).expect(200);
    expect(Buffer.byteLength(JSON.stringify({ statusCode: 200, body: text })) + headroom).toBeLessThan(
      lambdaResponseBytes,
    );
    pages.push(body.tasks.map(({ id }) => id));
    if (body.cursor === undefined) return pages;
    cursor = `&cursor=${body.cursor}`;
  }
  throw new Error("the pages do not end");
}

const newestFirst = (tasks: readonly Task[]) =>
  tasks
    .map(({ id }) => id)
    .sort()
    .reverse();
const many = (count: number, values: (at: number) => Partial<Task>) =>
  Array.from({ length: count }, (_, at) =>
    aTask({ id: newTaskId(new Date(noon.getTime() + at)), ...values(at) }),
  );

const quotes = { message: '"'.repeat(10_000) };

jest.setTimeout(60_000);

test.each<[string, Task[], number]>([
  ["100 payloads of 10,000 quotation marks", many(100, () => ({ payload: quotes, result: quotes })), 100],
  [
    "30 results of 250 KB",
    many(30, () => ({ state: "succeeded", result: { text: "x".repeat(250_000) } })),
    30,
  ],
  [
    "large and small ones by turns",
    many(40, (at) => ({ payload: { message: "\u0001".repeat(at % 2 ? 1 : 60_000) } })),
    100,
  ],
])("%s: each page fits into a response, and all tasks are listed once", async (_what, tasks, limit) => {
  const pages = await readPages(tasks, limit);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.flat()).toEqual(newestFirst(tasks));
});

/** The costliest value: each byte of it takes seven in a response. */
const largest = (bytes: number) => ({ a: "\u0001".repeat(bytes - 5) });

test("tasks of the maximum size fill at most one page each", async () => {
  const payload = largest(payloadLimits.bytes);
  const result = largest(resultLimits.bytes);
  expect([findUnstorable(payload, payloadLimits), findUnstorable(result, resultLimits)]).toEqual([
    undefined,
    undefined,
  ]);
  const tasks = many(3, () => ({ state: "succeeded", payload, result }));
  expect((await readPages(tasks, 100)).flat()).toEqual(newestFirst(tasks));
});

test("small tasks fill their page", async () => {
  const tasks = many(101, () => ({}));
  expect((await readPages(tasks, 100)).map((page) => page.length)).toEqual([100, 1]);
});
