import * as fc from "fast-check";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { noonDependencies } from "../testing/noon-dependencies";
import { newTaskId } from "../../shared/tasks/task-id";
import { processBatch } from "./process-batch";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

/** The response of a batch. An id in it that is empty, unknown or given twice makes SQS deliver the whole batch again. */
const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };
const kinds = ["good", "poison", "hopeless", "unknown", "duplicate"] as const;

type Process = typeof processBatch;

/** A record of each kind, and whether it must, may or must not be delivered again. */
async function recordOf(
  kind: (typeof kinds)[number],
  receiveCount: number,
  repository: MemoryTaskRepository,
  shared: string,
) {
  if (kind === "poison") return { kind, record: aRecord("}", receiveCount) };
  if (kind === "unknown")
    return { kind, record: aRecord(aMessage({ taskId: newTaskId(noon) }), receiveCount) };
  if (kind === "duplicate") return { kind, record: aRecord(aMessage({ taskId: shared }), receiveCount) };
  const task = aTask(kind === "hopeless" ? { type: "flaky", payload: { failures: 9 } } : {});
  await repository.create(task, { requestId: "r" });
  const { type, payload } = task;
  return { kind, record: aRecord(aMessage({ taskId: task.id, type, payload }), receiveCount) };
}

/** Whether the response of a batch is correct. */
async function holds(process: Process, batch: readonly [(typeof kinds)[number], number][]): Promise<boolean> {
  const repository = new MemoryTaskRepository(() => noon);
  const shared = aTask();
  await repository.create(shared, { requestId: "r" });
  const records = await Promise.all(
    batch.map(([kind, receiveCount]) => recordOf(kind, receiveCount, repository, shared.id)),
  );
  const { batchItemFailures } = await process(
    records.map(({ record }) => record),
    settings,
    { ...noonDependencies, repository, queue: new MemoryTaskQueue() },
  );
  const named = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const idsOf = (...wanted: readonly string[]) =>
    records.filter(({ kind }) => wanted.includes(kind)).map(({ record }) => record.messageId);
  const must = idsOf("poison", "hopeless", "unknown");
  const may = [...must, ...idsOf("duplicate")];
  return (
    new Set(named).size === named.length &&
    must.every((id) => named.includes(id)) &&
    named.every((id) => may.includes(id)) &&
    new Set(repository.effects).size === repository.effects.length &&
    repository.effects.length >= idsOf("good").length
  );
}

const property = (process: Process) =>
  fc.asyncProperty(
    fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 6 })), { maxLength: 10 }),
    (batch) => holds(process, batch),
  );

test("of any batch, exactly the messages that failed are named, once, and by ids of the batch", async () => {
  await fc.assert(property(processBatch), { numRuns: 1_000 });
});

test.each<[string, Process]>([
  ["names a message twice", async (...batch) => twice(await processBatch(...batch))],
  ["names a message of no batch", async (...batch) => withStranger(await processBatch(...batch))],
  ["names none that failed", async (...batch) => none(await processBatch(...batch))],
  ["works on none", () => Promise.resolve({ batchItemFailures: [] })],
])("a worker that %s does not hold", async (_what, broken) => {
  expect(await fc.check(property(broken), { numRuns: 200 })).toMatchObject({ failed: true });
});

type Response = Awaited<ReturnType<Process>>;
const twice = ({ batchItemFailures }: Response): Response => ({
  batchItemFailures: [...batchItemFailures, ...batchItemFailures],
});
const withStranger = ({ batchItemFailures }: Response): Response => ({
  batchItemFailures: [...batchItemFailures, { itemIdentifier: "" }],
});
const none = ({ batchItemFailures }: Response): Response => ({
  batchItemFailures: batchItemFailures.slice(batchItemFailures.length),
});
