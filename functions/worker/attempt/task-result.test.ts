import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { taskTypes } from "../handlers";
import { processBatch } from "../batch/process-batch";
import { noonDependencies } from "../testing/noon-dependencies";

const [echo] = taskTypes;
afterEach(() => jest.restoreAllMocks());

function cyclic(): object {
  const value: { self?: object } = {};
  value.self = value;
  return value;
}

/** The stored task after a handler returned that value. */
async function storedAfter(returned: unknown) {
  // A function of any type, since the type of `execute` forbids invalid results.
  jest.spyOn(echo, "execute").mockImplementation(jest.fn().mockReturnValue(returned));
  const repository = new MemoryTaskRepository(() => noon);
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };
  const dependencies = { ...noonDependencies, repository, queue: new MemoryTaskQueue() };
  const record = aRecord(aMessage({ taskId: task.id }));
  const { batchItemFailures } = await processBatch([record], settings, dependencies);
  return { task: await repository.get(task.id), failures: batchItemFailures.length };
}

test.each<[string, unknown, string]>([
  ["undefined", Promise.resolve(undefined), "undefined"],
  ["no promise", undefined, "no promise but undefined"],
  ["an object at once", { a: 1 }, "no promise but object"],
  ["null", Promise.resolve(null), "null"],
  ["a string", Promise.resolve("done"), "string"],
  ["a number", Promise.resolve(5), "number"],
  ["an array", Promise.resolve([1]), "Array"],
  ["a bigint", Promise.resolve({ big: 10n }), "/big"],
  ["450 KB", Promise.resolve({ text: "x".repeat(450_000) }), "bytes"],
  ["a Set", Promise.resolve({ set: new Set([1]) }), "/set"],
  ["a function", Promise.resolve({ call: () => 1 }), "/call"],
  ["a circle", Promise.resolve(cyclic()), "/self"],
  ["a Date", Promise.resolve({ at: noon }), "/at"],
  ["NaN", Promise.resolve({ rate: Number.NaN }), "/rate"],
  ["a lone surrogate", Promise.resolve({ text: "\ud800" }), "/text"],
])("a handler that returns %s fails its attempt, and the error names it", async (_what, returned, named) => {
  const { task, failures } = await storedAfter(returned);
  expect(failures).toBe(1);
  expect(task).toMatchObject({ state: "queued", error: expect.stringContaining(named) });
  expect(task).not.toHaveProperty("result");
});

test("a JSON object is stored unchanged", async () => {
  const result = { text: "é\u0000", list: [1, null, { deep: true }], none: {} };
  const { task } = await storedAfter(Promise.resolve(result));
  expect(task).toMatchObject({ state: "succeeded", result });
});
