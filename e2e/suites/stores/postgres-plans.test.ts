import type { Database } from "../../../functions/shared/postgres/database";
import { PostgresSweepStore } from "../../../functions/shared/postgres/postgres-sweep-store";
import { PostgresTaskRepository } from "../../../functions/shared/postgres/postgres-task-repository";
import { afterNoon, aTask, noon } from "../../../functions/shared/testing/builders";
import { newTaskId } from "../../../functions/shared/tasks/task-id";
import { taskState } from "../../../functions/shared/tasks/task";
import { TestPostgres } from "./support/database";

jest.setTimeout(300_000);
const rows = 100_000;
/** Most tasks have ended; few of them are in the outbox, and few run. */
const stateOf = (index: number) =>
  index % 200 === 0 ? (taskState.options[(index / 200) % taskState.options.length] ?? "failed") : "succeeded";
/** The tasks are a day old, evenly. */
const createdAt = (index: number) => afterNoon((index * 24 * 3600) / rows);

const postgres = new TestPostgres();
let database: Database;
/** The plan of each statement, by what it does. */
const plans: { readonly sql: string; readonly plan: string }[] = [];
let explaining: Database;

beforeAll(async () => {
  await postgres.start();
  ({ database } = await postgres.migratedDatabase());
  const indexes = Array.from({ length: rows }, (_, index) => index);
  for (let from = 0; from < rows; from += 10_000) {
    const part = indexes.slice(from, from + 10_000);
    await database.query(
      `INSERT INTO tasks (id, type, state, payload, attempts, revision, created_at, updated_at, request_id, lease_ends, expires_at)
       SELECT id, type, state, '{"message":"hello"}', 1, 1, at, at, 'r',
         CASE WHEN state = 'running' THEN at END, CASE WHEN state = 'succeeded' THEN at + interval '7 days' END
       FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS new (id, type, state, at)`,
      [
        part.map((index) => newTaskId(createdAt(index))),
        part.map((index) => (index % 7 < 2 ? "report.summary" : "echo")),
        part.map(stateOf),
        part.map(createdAt),
      ],
    );
  }
  await database.query(
    "INSERT INTO idempotency_keys SELECT md5(n::text), 'r', 'h', '{}', $1::timestamptz + n * interval '1 s' FROM generate_series(1, $2) AS n",
    [noon, rows],
  );
  await database.query("ANALYZE");
  explaining = {
    ...database,
    query: async (sql, values) => {
      const [explained] = await database.query(`EXPLAIN (FORMAT JSON) ${sql}`, values);
      plans.push({ sql: sql.replaceAll(/\s+/g, " "), plan: JSON.stringify(explained) });
      return database.query(sql, values);
    },
  };
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});
beforeEach(() => {
  plans.length = 0;
});

const repository = () => new PostgresTaskRepository(explaining, { now: () => afterNoon(24 * 3600) });

const withNode = (type: RegExp) =>
  plans
    .filter(({ plan }) =>
      [...plan.matchAll(/"Node Type":"([^"]+)"/g)].some(([, node = ""]) => type.test(node)),
    )
    .map(({ sql }) => sql);
/** Statements that read a whole table. */
const wholeTables = () => withNode(/^Seq Scan$/);
/** Those, and statements that sort all that they select. */
const unbounded = () => withNode(/^Seq Scan$|Sort$/);
const read = async (pages: AsyncIterable<{ readonly found: readonly unknown[] }>) => {
  let count = 0;
  for await (const { found } of pages) count += found.length;
  return count;
};

test("each page of a list is read by an index, in its order", async () => {
  const before = newTaskId(afterNoon(12 * 3600));
  for (const state of [undefined, ...taskState.options])
    for (const type of [undefined, "echo"])
      for (const from of [undefined, before]) {
        const { tasks } = await repository().list({ state, type, before: from, limit: 100 });
        expect(tasks.length).toBeGreaterThan(0);
      }
  expect(plans).toHaveLength(28);
  expect(unbounded()).toEqual([]);
});

test("each change of a task is found by its key", async () => {
  const task = aTask({ id: newTaskId(afterNoon(25 * 3600)) });
  const revision = { taskId: task.id, revision: 1 };
  const key = { scope: "s", payloadHash: "h", expiresAt: afterNoon(48 * 3600) };
  await repository().create(task, { requestId: "r" }, key);
  await repository().create(aTask(), { requestId: "r2" }, key);
  await repository().create(task, { requestId: "r" });
  await repository().get(task.id);
  await repository().markPublished(revision);
  const claim = await repository().claim(revision, afterNoon(26 * 3600));
  if (claim.outcome !== "claimed") throw new Error(claim.outcome);
  await repository().claim(revision, afterNoon(26 * 3600));
  await repository().endAttempt(claim.task, "no luck", "failed");
  await repository().transition(task.id, ["failed"], { state: "pending", origin: { requestId: "r3" } });
  await repository().markFailed({ ...revision, revision: 2 }, "no luck");
  await repository().claim({ ...revision, revision: 2 }, afterNoon(26 * 3600));
  await repository().succeed({ ...claim.task, attempts: 2 }, {});
  expect(plans.length).toBeGreaterThanOrEqual(13);
  expect(unbounded()).toEqual([]);
});

test("the counts of the last minutes read these tasks only", async () => {
  const { total } = await repository().countSince(afterNoon(23.8 * 3600), ["echo"]);
  expect(total).toBeGreaterThan(500);
  expect(wholeTables()).toEqual([]);
});

test("a sweep reads the tasks that it is for, from both ends", async () => {
  const store = new PostgresSweepStore(explaining, () => afterNoon(7.5 * 24 * 3600));
  const later = afterNoon(48 * 3600);
  expect(await read(store.listUnpublished(later))).toBeGreaterThan(50);
  expect(await read(store.listAbandoned(later))).toBeGreaterThan(50);
  expect(await read(store.listQueued(later))).toBeGreaterThan(50);
  const [task] = (await repository().list({ state: "queued", limit: 1 })).tasks;
  if (task === undefined || "unreadable" in task) throw new Error("Expected a queued task");
  expect(await store.requeue(task)).toBe(true);
  expect(await store.acquireLease("me", later)).toBe(true);
  await store.releaseLease("me");
  expect(await store.deleteExpired()).toBe(10_000);
  // A few tasks may be sorted. The table of leases has one row.
  expect(wholeTables().filter((sql) => !sql.includes("leases"))).toEqual([]);
});

test("without its index a query is found here", async () => {
  await database.query("DROP INDEX tasks_by_state");
  await repository().list({ state: "cancelled", limit: 100 });
  await database.query("DROP INDEX tasks_unpublished");
  await read(new PostgresSweepStore(explaining).listUnpublished(afterNoon(48 * 3600)));
  expect(unbounded()).not.toEqual([]);
});
