import * as fc from "fast-check";
import { documentClient } from "../../shared/aws/clients";
import { maxBatchCalls, maxBatchItems } from "../../shared/aws/dynamodb/dynamo-task-reader";
import { DynamoTaskRepository } from "../../shared/aws/dynamodb/dynamo-task-repository";
import { maxExaminedEntries } from "../../shared/aws/dynamodb/dynamo-task-queries";
import { tableSchema } from "../../shared/aws/dynamodb/table-schema";
import { newTaskItem } from "../../shared/aws/dynamodb/task-item";
import { newTaskId } from "../../shared/tasks/task-id";
import { taskState, type Task } from "../../shared/tasks/task";
import { aTask, noon } from "../../shared/testing/builders";
import { DynamoTable, type TableCall } from "../../shared/testing/dynamo-table";
import { testApi } from "../testing/test-api";

process.env.AWS_REGION = "eu-central-1";

/** docs/decisions/0001-table-keys.md */
const maxQueries = 2 * tableSchema.shards;
const maxEntries = tableSchema.shards * maxExaminedEntries;

const type = fc.constantFrom("echo", "report.summary", "dependency.call");
const state = fc.constantFrom(...taskState.options);
const createdInOrder = (values: readonly Partial<Task>[]): Task[] =>
  values.map((each, at) => aTask({ ...each, id: newTaskId(new Date(noon.getTime() + at)) }));
/** Runs of equal tasks, oldest first: some tasks are behind many others. */
const tasks = fc
  .array(fc.record({ type, state, count: fc.oneof(fc.nat(3), fc.integer({ min: 120, max: 500 })) }), {
    maxLength: 6,
  })
  .map((runs) =>
    createdInOrder(runs.flatMap(({ count, ...values }) => Array.from({ length: count }, () => values))),
  );
const query = fc.record(
  { type: fc.oneof(type, fc.constant("unknown")), state, limit: fc.constantFrom(1, 2, 20, 100) },
  { requiredKeys: ["limit"] },
);
/** DynamoDB may leave out any number of items of a batch. */
const batchItems = fc.constantFrom(1, 40, Infinity);

function setUp(stored: readonly Task[], itemsOfBatch: number) {
  const table = new DynamoTable();
  table.batchItems = itemsOfBatch;
  for (const task of stored) table.fill(newTaskItem(task, { requestId: "r" }));
  const repository = new DynamoTaskRepository(documentClient(), "tasks", { now: () => noon });
  return { table, ...testApi({ repository }) };
}

const examinedBy = (calls: readonly TableCall[], operation: TableCall["operation"]) => {
  const ofOperation = calls.filter((call) => call.operation === operation);
  return { calls: ofOperation.length, examined: ofOperation.reduce((sum, call) => sum + call.examined, 0) };
};

test("each page of a list is within the bound, and the pages are the tasks, newest first", async () => {
  let pages = 0;
  const property = fc.asyncProperty(tasks, query, batchItems, async (stored, wanted, itemsOfBatch) => {
    const { api, table } = setUp(stored, itemsOfBatch);
    const found: string[] = [];
    const parameters = new URLSearchParams(
      Object.entries(wanted).map(([name, value]) => [name, String(value)]),
    );
    for (;;) {
      const { body } = (await api.get(`/tasks?${parameters.toString()}`).expect(200)) as {
        body: { tasks: Task[]; cursor?: string };
      };
      const calls = table.takeCalls();
      const [queries, batches] = [examinedBy(calls, "Query"), examinedBy(calls, "BatchGet")];
      expect(queries.calls).toBeLessThanOrEqual(maxQueries);
      expect(queries.examined).toBeLessThanOrEqual(maxEntries);
      expect(batches.calls).toBeLessThanOrEqual(maxBatchCalls);
      expect(batches.examined).toBeLessThanOrEqual(maxBatchItems);
      expect(calls).toHaveLength(queries.calls + batches.calls);
      expect(body.tasks.length).toBeLessThanOrEqual(wanted.limit);
      found.push(...body.tasks.map(({ id }) => id));
      pages += 1;
      if (body.cursor === undefined || found.length > 250) break;
      parameters.set("cursor", body.cursor);
    }
    const expected = stored
      .filter(
        (task) => (wanted.state ?? task.state) === task.state && (wanted.type ?? task.type) === task.type,
      )
      .map(({ id }) => id)
      .reverse();
    expect(found).toEqual(expected.slice(0, found.length));
    if (found.length <= 250) expect(found).toHaveLength(expected.length);
  });
  const many = createdInOrder(Array.from({ length: 120 }, () => ({})));
  await fc.assert(property, { numRuns: 25, examples: [[many, { limit: 2 }, Infinity]] });
  expect(pages).toBeGreaterThan(50);
}, 120_000);

test("every other request makes at most three calls, of one item each", async () => {
  const property = fc.asyncProperty(
    tasks,
    fc.nat(),
    fc.constantFrom("get", "cancel", "delete", "retry", "create", "create with a key"),
    async (stored, number, operation) => {
      const { api, table } = setUp(stored, Infinity);
      const path = `/tasks/${stored[number % Math.max(1, stored.length)]?.id ?? newTaskId(noon)}`;
      const body = { type: "echo", payload: { message: "hello" } };
      switch (operation) {
        case "get":
          await api.get(path);
          break;
        case "delete":
          await api.delete(path);
          break;
        case "cancel":
        case "retry":
          await api.post(`${path}/${operation}`);
          break;
        case "create":
          await api.post("/tasks").send(body).expect(202);
          break;
        case "create with a key":
          await api.post("/tasks").set("idempotency-key", "k").send(body).expect(202);
      }
      const calls = table.takeCalls();
      expect(calls.length).toBeLessThanOrEqual(3);
      expect(calls.every(({ examined }) => examined <= 1)).toBe(true);
      if (operation.startsWith("create")) expect(calls).toHaveLength(2);
    },
  );
  await fc.assert(property, { numRuns: 40 });
}, 60_000);

test("a rare task behind many others is on the first page of its type and of its state", async () => {
  const others = Array.from({ length: 3_000 }, (_, at) =>
    aTask({ state: "succeeded", id: newTaskId(new Date(noon.getTime() + 1 + at)) }),
  );
  const rare = aTask({ type: "report.summary", state: "failed" });
  const { api } = setUp([rare, ...others], Infinity);
  for (const filter of ["type=report.summary", "state=failed", "type=report.summary&state=failed"]) {
    const { body } = (await api.get(`/tasks?limit=1&${filter}`)) as { body: { tasks: Task[] } };
    expect([filter, body.tasks.map(({ id }) => id)]).toEqual([filter, [rare.id]]);
  }
});
