import { Client } from "pg";
import { createHash } from "node:crypto";
import type { Database } from "../../../functions/shared/postgres/database";
import { PostgresSweepStore } from "../../../functions/shared/postgres/postgres-sweep-store";
import { PostgresTaskRepository } from "../../../functions/shared/postgres/postgres-task-repository";
import { retentionDays, type Backend } from "../../../functions/shared/testing/backend";
import { afterNoon, aTask, noon } from "../../../functions/shared/testing/builders";
import { describeStore } from "../../../functions/shared/testing/contracts/store-contract";
import { statementsOfARead, statementsOfATask } from "../../../scripts/documents/capacity/optional-parts";
import { TestPostgres } from "./support/database";

jest.setTimeout(120_000);
const postgres = new TestPostgres();
let url: string;
let database: Database;
/** A transaction of another request. */
let other: Client | undefined;
beforeAll(async () => {
  await postgres.start();
  ({ url, database } = await postgres.migratedDatabase());
});
afterEach(() => other?.end().then(() => (other = undefined)));
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

async function createBackend(): Promise<Backend> {
  await database.query("TRUNCATE tasks, idempotency_keys, leases");
  const clock = { now: noon };
  const now = () => clock.now;
  return {
    repository: new PostgresTaskRepository(database, { now, retentionDays }),
    sweepStore: new PostgresSweepStore(database, now),
    clock,
    setInProgress: async (isInProgress) => {
      if (!isInProgress) {
        await other?.query("ROLLBACK");
        return;
      }
      other = new Client({ connectionString: url });
      await other.connect();
      await other.query("BEGIN");
      const key = createHash("sha256").update("key").digest("hex");
      const sql = "INSERT INTO idempotency_keys VALUES ($1, 'other', 'hash', '{}', now())";
      await other.query(sql, [key]);
    },
  };
}

describe("the store of PostgreSQL", () => {
  describeStore(createBackend);
});

test("a task costs the statements that docs/capacity.md counts", async () => {
  const statements: string[] = [];
  const counting: Database = {
    query: (sql, values) => {
      statements.push(sql);
      return database.query(sql, values);
    },
    close: () => Promise.resolve(),
  };
  await createBackend();
  const repository = new PostgresTaskRepository(counting, { now: () => noon, retentionDays });
  const ofStep = async (step: () => Promise<unknown>) => {
    statements.length = 0;
    await step();
    return statements.length;
  };
  const task = aTask();
  const revision = { taskId: task.id, revision: 1 };
  const accepted = await ofStep(() => repository.create(task, { requestId: "r" }));
  const sent = await ofStep(() => repository.markPublished(revision));
  const begun = await ofStep(() => repository.claim(revision, afterNoon(30)));
  const succeeded = await ofStep(() => repository.succeed({ ...task, attempts: 1 }, { message: "done" }));
  expect({ accepted, sent, begun, succeeded }).toEqual(statementsOfATask);
  expect(await ofStep(() => repository.get(task.id))).toBe(statementsOfARead);
  expect((await repository.get(task.id))?.state).toBe("succeeded");
});

test("documents are returned as they were stored", async () => {
  const { repository } = await createBackend();
  const payload = {
    z: 1,
    a: [1.5, 1e300, 9007199254740991, "\u0000", "\ud800", "𝒳", null, { __proto__x: {} }],
  };
  const task = aTask({ payload });
  await repository.create(task, { requestId: "r", group: "g", traceparent: "t", xrayTrace: "x" });
  const found = await repository.get(task.id);
  expect(JSON.stringify(found?.payload)).toBe(JSON.stringify(payload));
  expect(found).toEqual(task);
});

test("a reason with characters that PostgreSQL refuses is stored without them", async () => {
  const { repository } = await createBackend();
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  await repository.markFailed({ taskId: task.id, revision: 1 }, "a\u0000b");
  expect((await repository.get(task.id))?.error).toBe("a\uFFFDb");
});

test("a row that this version cannot read is listed as unreadable, and fails no other", async () => {
  const { repository, sweepStore } = await createBackend();
  const [bad, good] = [aTask(), aTask()];
  for (const task of [bad, good]) await repository.create(task, { requestId: "r" });
  await database.query("UPDATE tasks SET payload = '[]' WHERE id = $1", [bad.id]);
  const { tasks } = await repository.list({ limit: 10 });
  expect(tasks).toContainEqual({ id: bad.id, unreadable: true });
  expect(tasks).toContainEqual(good);
  await expect(repository.get(bad.id)).rejects.toMatchObject({ name: "UnreadableTaskError" });
  for await (const { found, unreadable } of sweepStore.listUnpublished(afterNoon(60)))
    expect([found.length, unreadable.length]).toEqual([1, 1]);
});

test("many claims of one task at once: one has it", async () => {
  const { repository } = await createBackend();
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  const claims = await Promise.all(
    Array.from({ length: 40 }, () => repository.claim({ taskId: task.id, revision: 1 }, afterNoon(30))),
  );
  expect(claims.filter(({ outcome }) => outcome === "claimed")).toHaveLength(1);
  expect(claims.filter(({ outcome }) => outcome === "busy")).toHaveLength(39);
});

test("one key in many requests at once creates one task, and all others get it", async () => {
  const { repository } = await createBackend();
  const key = { scope: "many", payloadHash: "hash", expiresAt: afterNoon(60) };
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, index) => repository.create(aTask(), { requestId: String(index) }, key)),
  );
  expect(results.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
  expect(results.filter(({ outcome }) => outcome === "replayed")).toHaveLength(39);
  expect((await repository.list({ limit: 10 })).tasks).toHaveLength(1);
});

test("expired tasks and keys are deleted by the sweep, and no others", async () => {
  const { repository, sweepStore, clock } = await createBackend();
  const key = { scope: "old", payloadHash: "hash", expiresAt: afterNoon(60) };
  const [done, open] = [aTask(), aTask()];
  await repository.create(done, { requestId: "r" }, key);
  await repository.create(open, { requestId: "r" });
  await repository.markFailed({ taskId: done.id, revision: 1 }, "no luck");
  expect(await sweepStore.deleteExpired?.()).toBe(0);
  clock.now = afterNoon(8 * 24 * 3600);
  expect(await sweepStore.deleteExpired?.()).toBe(2);
  expect(await database.query("SELECT id FROM tasks")).toEqual([{ id: open.id }]);
});

test("a connection that the server has ended is replaced", async () => {
  const { repository } = await createBackend();
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  await postgres.withClient(url, (client) =>
    client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
    ),
  );
  const found = await Promise.all(Array.from({ length: 8 }, () => repository.get(task.id)));
  expect(found.map((each) => each?.id)).toEqual(Array.from({ length: 8 }, () => task.id));
});
