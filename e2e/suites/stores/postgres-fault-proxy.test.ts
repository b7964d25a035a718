import { spawn } from "node:child_process";
import { once } from "node:events";
import { Client } from "pg";
import {
  PostgresFaultProxy,
  type StatementFault,
} from "../../../packages/fault-proxy/src/postgres-fault-proxy";
import type { ServiceCall } from "../../../packages/fault-proxy/src/fault-proxy";
import { eventually } from "../../support/eventually";
import { TestPostgres } from "./support/database";

jest.setTimeout(120_000);
const postgres = new TestPostgres();
let proxy: PostgresFaultProxy;
let address: string;
let database: string;
let observed: ServiceCall[];
beforeAll(() => postgres.start(true));
afterAll(() => postgres.stop());
beforeEach(async () => {
  const url = await postgres.createDatabase();
  database = new URL(url).pathname;
  await postgres.withClient(url, (client) => client.query("CREATE TABLE t (n int, text text)"));
  proxy = new PostgresFaultProxy(postgres.port, () => [process.pid]);
  address = await proxy.listen();
  observed = [];
  proxy.observe((call) => observed.push(call));
});
afterEach(() => proxy.close());

const urlOf = (port: string | number) => `postgresql://postgres@127.0.0.1:${port}${database}`;
async function connect(): Promise<Client> {
  const client = new Client({ connectionString: `postgresql://postgres@${address}${database}` });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
/** The rows, past the proxy; the server may be recovering from a crash. */
const rows = () =>
  eventually("the server responds", 30, () =>
    postgres
      .withClient(urlOf(postgres.port), async (client) =>
        (await client.query<{ n: number }>("SELECT n FROM t ORDER BY n")).rows.map(({ n }) => n),
      )
      .catch(() => undefined),
  );
const insert = (client: Client, n = 1) => client.query("INSERT INTO t VALUES ($1, $2)", [n, "é"]);
const injectOnce = (fault: StatementFault) => {
  const remove = proxy.add(({ operation }) => {
    if (operation !== "INSERT") return undefined;
    remove();
    return fault;
  });
};

test("statements are forwarded and observed with their values, those that change nothing or fail are not observed", async () => {
  const client = await connect();
  await insert(client);
  await client.query("WITH x AS (SELECT 1) UPDATE t SET n = 2 WHERE n = $1", [5]);
  await expect(client.query("INSERT INTO t VALUES ($1)", ["x"])).rejects.toMatchObject({ code: "22P02" });
  expect((await client.query("SELECT n, text FROM t")).rows).toEqual([{ n: 1, text: "é" }]);
  await client.end();
  expect(observed).toEqual([
    { operation: "INSERT", body: '["INSERT INTO t VALUES ($1, $2)","1","é"]' },
    { operation: "SELECT", body: '["SELECT n, text FROM t"]' },
  ]);
});

test("an injected error has its code, performs nothing, and leaves the connection usable", async () => {
  const client = await connect();
  injectOnce({ kind: "error", status: 503, type: "53300" });
  await expect(insert(client)).rejects.toMatchObject({ code: "53300" });
  await insert(client, 2);
  await client.end();
  expect(await rows()).toEqual([2]);
});

test.each<[StatementFault, number[]]>([
  [{ kind: "reset" }, []],
  [{ kind: "drop response" }, [1]],
  [{ kind: "crash", when: "before" }, []],
  [{ kind: "crash", when: "after" }, [1]],
])("%j breaks the connection, and the server has %j", async (fault, stored) => {
  const client = await connect();
  injectOnce(fault);
  await expect(insert(client)).rejects.toThrow();
  expect(await rows()).toEqual(stored);
  expect(observed.filter(({ operation }) => operation === "INSERT")).toHaveLength(stored.length);
  const next = await connect();
  await insert(next, 2);
  await next.end();
  expect(await rows()).toEqual([...stored, 2]);
});

test("a slow statement is performed later, and one that hangs is not", async () => {
  const client = await connect();
  injectOnce({ kind: "slow", milliseconds: 300 });
  const started = Date.now();
  await insert(client);
  expect(Date.now() - started).toBeGreaterThanOrEqual(290);
  await client.end();
  const hanging = new Client({
    connectionString: `postgresql://postgres@${address}${database}`,
    query_timeout: 300,
  });
  await hanging.connect();
  injectOnce({ kind: "hang" });
  await expect(insert(hanging, 2)).rejects.toThrow("timeout");
  await hanging.end();
  expect(await rows()).toEqual([1]);
});

test("while it refuses connections, open ones break, and later ones are accepted again", async () => {
  const client = await connect();
  await proxy.refusing(async () => {
    await expect(insert(client)).rejects.toThrow();
    await expect(connect()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
  const next = await connect();
  await insert(next, 2);
  await next.end();
  expect(await rows()).toEqual([2]);
});

const onLinux = process.platform === "linux" ? test : test.skip;
onLinux.each<["before" | "after" | "responded", number[]]>([
  ["before", []],
  ["after", [1]],
  ["responded", [1]],
])("the calling process is killed %s: the server has %j", async (when, stored) => {
  injectOnce({ kind: "kill", when });
  const program = `
    const { Client } = require("pg");
    const client = new Client({ connectionString: "postgresql://postgres@${address}${database}" });
    client.connect().then(() => client.query("INSERT INTO t VALUES ($1, $2)", [1, "x"]));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--eval", program], { cwd: __dirname, stdio: "ignore" });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  expect(await rows()).toEqual(stored);
});
