import { Client } from "pg";
import { connectionOf } from "../../../functions/shared/postgres/connection";
import { grantAccess, migrate } from "../../../functions/shared/postgres/migrate";
import { readMigrations, type Migration } from "../../../functions/shared/postgres/migrations";
import { TestPostgres } from "./support/database";

jest.setTimeout(120_000);
const postgres = new TestPostgres();
beforeAll(() => postgres.start());
afterAll(() => postgres.stop());

let url: string;
let client: Client;
beforeEach(async () => {
  url = await postgres.createDatabase();
  client = await connect();
});
afterEach(() => client.end());

async function connect(user?: string): Promise<Client> {
  const connected = new Client({ ...connectionOf(url), ...(user !== undefined && { user }) });
  await connected.connect();
  return connected;
}

/** Everything that a schema consists of. */
const schema = async () =>
  (
    await client.query<{ what: string }>(
      `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS what
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'
       UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migrations'
       UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND conrelid <> 'schema_migrations'::regclass
       ORDER BY 1`,
    )
  ).rows.map(({ what }) => what);

const next = (version: number, up: string, down = ""): Migration => ({
  version,
  name: `m${version}`,
  up,
  down,
});

test("all migrations go forward, back and forward again, and leave the same schema", async () => {
  const newest = readMigrations().length;
  expect(newest).toBeGreaterThan(0);
  await migrate(client, { to: 0 });
  const versions = [await schema()];
  for (let to = 1; to <= newest; to++) {
    expect(await migrate(client, { to })).toEqual({ from: to - 1, to, changed: [to] });
    versions.push(await schema());
  }
  expect(versions[0]).toEqual([]);
  for (let to = newest - 1; to >= 0; to--) {
    expect(await migrate(client, { to })).toEqual({ from: to + 1, to, changed: [to + 1] });
    expect(await schema()).toEqual(versions[to]);
  }
  await migrate(client);
  expect(await schema()).toEqual(versions[newest]);
  expect(await migrate(client)).toEqual({ from: newest, to: newest, changed: [] });
});

test("of five at once, each migration is applied by one", async () => {
  const clients = await Promise.all(Array.from({ length: 5 }, () => connect()));
  const slow = [
    ...readMigrations(),
    next(readMigrations().length + 1, "CREATE TABLE extra (n int); SELECT pg_sleep(0.3)"),
  ];
  const results = await Promise.all(clients.map((each) => migrate(each, { migrations: slow })));
  expect(results.flatMap(({ changed }) => changed).sort()).toEqual(slow.map(({ version }) => version));
  await Promise.all(clients.map((each) => each.end()));
});

test("a migration that fails changes nothing, and ends the lock", async () => {
  const newest = readMigrations().length;
  const broken = [...readMigrations(), next(newest + 1, "CREATE TABLE extra (n int); SELECT 1 / 0")];
  await expect(migrate(client, { migrations: broken })).rejects.toMatchObject({ code: "22012" });
  expect(await schema()).not.toContain("extra.n integer YES");
  const other = await connect();
  expect(await migrate(other)).toMatchObject({ to: newest, changed: [] });
  await other.end();
});

test("a process that is killed in the middle leaves no half, and the next one continues", async () => {
  const newest = readMigrations().length;
  const slow = [...readMigrations(), next(newest + 1, "CREATE TABLE extra (n int); SELECT pg_sleep(60)")];
  const killed = await connect();
  killed.on("error", () => undefined);
  const running = expect(migrate(killed, { migrations: slow })).rejects.toThrow();
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()";
  let pid: unknown;
  while (pid === undefined) pid = (await client.query<{ pid: number }>(sleeping)).rows[0]?.pid;
  await client.query("SELECT pg_terminate_backend($1)", [pid]);
  await running;
  const quick = [...readMigrations(), next(newest + 1, "CREATE TABLE extra (n int)", "DROP TABLE extra")];
  expect(await migrate(client, { migrations: quick })).toMatchObject({ from: newest, to: newest + 1 });
});

test("the release before a migration keeps the newer schema, and can revert it without its file", async () => {
  const newest = readMigrations().length;
  const later = [...readMigrations(), next(newest + 1, "CREATE TABLE extra (n int)", "DROP TABLE extra")];
  await migrate(client, { migrations: later });
  expect(await migrate(client)).toEqual({ from: newest + 1, to: newest + 1, changed: [] });
  expect(await migrate(client, { to: newest })).toEqual({
    from: newest + 1,
    to: newest,
    changed: [newest + 1],
  });
});

test("a migration that has changed since it was applied, and a version that does not exist, are errors", async () => {
  await migrate(client);
  const [first, ...others] = readMigrations();
  if (first === undefined) throw new Error("Expected a migration");
  const changed = [{ ...first, up: `${first.up}\n-- more` }, ...others];
  await expect(migrate(client, { migrations: changed })).rejects.toThrow("has changed since it was applied");
  await expect(migrate(client, { to: 999 })).rejects.toThrow("There is no migration 999");
});

test("the functions' role reads and writes rows, and cannot change the schema or read the migrations", async () => {
  await migrate(client);
  await grantAccess(client, "tasks_app");
  await grantAccess(client, "tasks_app");
  const app = await connect("tasks_app");
  await app.query("INSERT INTO leases VALUES ('sweep', 'me', now())");
  expect((await app.query("SELECT count(*)::int AS n FROM tasks")).rows).toEqual([{ n: 0 }]);
  for (const denied of [
    "DROP TABLE tasks",
    "CREATE TABLE t (n int)",
    "TRUNCATE tasks",
    "SELECT * FROM schema_migrations",
  ])
    await expect(app.query(denied)).rejects.toMatchObject({ code: "42501" });
  await app.end();
});
