import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { startPostgres, type Postgres } from "../../../packages/local-databases/src/postgres";
import { accepts } from "../../../packages/local-databases/src/supervised-server";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";

jest.setTimeout(120_000);
const { tools } = localPaths();
let folder: string;
let server: Postgres | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "postgres-"));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const start = async () => (server = await startPostgres({ folder, tools }));
const query = async ({ programs, url }: Postgres, sql: string) =>
  (await promisify(execFile)(join(programs, "psql"), [url, "-qAtXc", sql])).stdout.trim();

test("a server starts, keeps its data over a shutdown and a crash, and is lost only when it crashes", async () => {
  const first = await start();
  expect(await query(first, "create table t (n int); insert into t values (1); show timezone")).toBe("UTC");
  await first.stop();
  expect(await accepts(first.port)).toBe(false);
  const second = await start();
  await query(second, "insert into t values (2)");
  await second.kill();
  expect(first.lost.aborted || second.lost.aborted).toBe(false);
  const third = await start();
  expect(await query(third, "select string_agg(n::text, ',' order by n) from t")).toBe("1,2");
  expect(Number(await query(third, "show server_version_num"))).toBeGreaterThan(160_000);
});

test("a server ends with the process that started it, even when that is killed", async () => {
  const program = `
    const { startPostgres } = require(${JSON.stringify(join(__dirname, "../../../packages/local-databases/src/postgres.ts"))});
    startPostgres(${JSON.stringify({ folder, tools })}).then(({ port }) => console.log(port));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line.toString());
  expect(await accepts(port)).toBe(true);
  child.kill("SIGKILL");
  while (await accepts(port)) await delay(20);
  // Its shutdown was clean, so that the next start recovers nothing.
  const { url, programs } = await start();
  expect(await query({ url, programs } as Postgres, "select 1")).toBe("1");
});

test("a folder with other files is an error with what to do, and they are kept", async () => {
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "notes"), "mine");
  await expect(start()).rejects.toThrow(/not empty[^]*\n {2}expected {2}[^]*\n {2}next {6}/);
});

/** PostgreSQL refuses root, so that the server runs as another user. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot("for root, a folder that other users cannot enter is an error with what to do", async () => {
  const inner = join(folder, "private", "postgres");
  mkdirSync(inner, { recursive: true });
  await expect(startPostgres({ folder: inner, tools })).rejects.toThrow(
    "set LOCAL_CLOUD_HOME to such a folder",
  );
});
