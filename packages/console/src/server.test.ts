import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuditLog } from "./audit-log";
import { endpointNames, endpoints, type ConsoleService, type EndpointName } from "./endpoints";
import { securityHeaders } from "./guard";
import { masked } from "./secret-members";
import { ConsoleServer } from "./server";

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
/** An input that the schema of each endpoint accepts. */
const inputs: Readonly<Partial<Record<EndpointName, object>>> = {
  selection: { change: "retry" },
  task: { id },
  logs: { since: 0 },
  resource: { address: "aws_sqs_queue.tasks" },
  job: { id: "a-job" },
  "tasks/create": { type: "echo", payload: {} },
  "tasks/change": { change: "retry", ids: [id] },
  "tasks/change-selected": { change: "cancel", expected: 1 },
  "schedules/run": { name: "hourly" },
  "faults/start": { faults: ["fail SQS"] },
  pause: { reason: "the warehouse is closed" },
};
const inputOf = (name: EndpointName) => inputs[name] ?? {};
const writes = endpointNames.filter((name) => endpoints[name].effect === "write");

let folder: string;
let server: ConsoleServer;
let isStarted = false;
/** Operations that were performed. */
let performed: string[];
const auditPath = () => join(folder, "audit", "log.jsonl");

/** Each operation returns its name. */
const service = () =>
  Object.fromEntries(
    endpointNames.map((name) => [
      name,
      (input: unknown) => {
        performed.push(name);
        if (name === "resume") throw new Error("it fails");
        return Promise.resolve({ name, input });
      },
    ]),
  ) as unknown as ConsoleService;

async function start(readOnly: boolean): Promise<void> {
  isStarted = true;
  server = await ConsoleServer.start({
    ...{ port: 0, readOnly, who: "an operator", audit: new AuditLog(auditPath()) },
    redact: (input) => Promise.resolve(masked(input, ["pin"])),
    openService: () => Promise.resolve(service()),
    buildPage: () => Promise.resolve({ "/index.html": { type: "text/html", content: "<p>" } }),
  });
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "console-"));
  performed = [];
});
afterEach(async () => {
  if (isStarted) await server.close();
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Instead of the link's. */
  readonly path?: string;
}

/** fetch would set headers of its own. */
function send(path: string, { method = "GET", headers = {}, body, path: other }: Sent = {}) {
  const { hostname, port, host, pathname } = new URL(server.link);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request(
        { hostname, port, path: other ?? `${pathname}${path}`, method, headers: { host, ...headers } },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.on("end", () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
          });
        },
      );
      sent.on("error", reject).end(body);
    },
  );
}
const origin = () => new URL(server.link).origin;
const call = (name: EndpointName, headers: Record<string, string> = { origin: origin() }) =>
  endpoints[name].effect === "read"
    ? send(`api/${name}?input=${encodeURIComponent(JSON.stringify(inputOf(name)))}`)
    : send(`api/${name}`, { method: "POST", headers, body: JSON.stringify(inputOf(name)) });
const codeOf = ({ body }: { readonly body: string }) => (JSON.parse(body) as { readonly code?: string }).code;
const audited = () =>
  readFileSync(auditPath(), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

test("the table has reads, jobs and writes", () => {
  const effects = new Set(endpointNames.map((name) => endpoints[name].effect));
  expect([...effects].sort()).toEqual(["job", "read", "write"]);
  expect(writes.length).toBeGreaterThan(8);
});

test.each(endpointNames)("%s is performed in a console with changes", async (name) => {
  await start(false);
  const response = await call(name);
  expect(performed).toEqual([name]);
  expect(response.status).toBe(name === "resume" ? 502 : 200);
});

test.each(endpointNames)("%s in a read-only console: a write is refused, and nothing else", async (name) => {
  await start(true);
  const response = await call(name);
  if (endpoints[name].effect !== "write") {
    expect([response.status, performed]).toEqual([200, [name]]);
    return;
  }
  expect([response.status, codeOf(response), performed]).toEqual([403, "read-only", []]);
  expect(audited()).toMatchObject([{ operation: name, outcome: "refused", who: "an operator" }]);
});

test.each(endpointNames)("%s is not performed by the other method", async (name) => {
  await start(false);
  const isRead = endpoints[name].effect === "read";
  const input = JSON.stringify(inputOf(name));
  const response = isRead
    ? await send(`api/${name}`, { method: "POST", headers: { origin: origin() }, body: input })
    : await send(`api/${name}?input=${encodeURIComponent(input)}`);
  expect([response.status, codeOf(response), performed]).toEqual([405, "wrong-method", []]);
});

test.each(endpointNames)("%s is refused without the token, and for another host or origin", async (name) => {
  await start(false);
  const { pathname, host } = new URL(server.link);
  const isRead = endpoints[name].effect === "read";
  const method = isRead ? "GET" : "POST";
  const path = `api/${name}?input=${encodeURIComponent(JSON.stringify(inputOf(name)))}`;
  const body = isRead ? undefined : JSON.stringify(inputOf(name));
  const own = { origin: origin() };
  const token = pathname.slice(1, -1);
  const wrongToken = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
  const refusals: readonly (readonly [string, Sent])[] = [
    ["no-token", { path: `/${path}`, headers: own }],
    ["no-token", { path: `/${wrongToken}/${path}`, headers: own }],
    ["wrong-host", { headers: { ...own, host: `console.example.com:${host.split(":")[1] ?? ""}` } }],
    ["wrong-origin", { headers: { origin: "http://127.0.0.1:1" } }],
    ["wrong-origin", { headers: { origin: "null" } }],
    ["wrong-origin", { headers: { ...own, "sec-fetch-site": "cross-site" } }],
    ...(isRead ? [] : [["wrong-origin", {}] as const]),
  ];
  for (const [code, given] of refusals) {
    const response = await send(path, { method, ...(body !== undefined && { body }), ...given });
    expect({ code: codeOf(response), given }).toEqual({ code, given });
    expect(response.status).toBe(code === "no-token" ? 401 : 403);
  }
  expect(performed).toEqual([]);
});

test("the page may be opened from a link elsewhere, with headers that forbid inline scripts and framing", async () => {
  await start(true);
  const opened = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  const { status, headers } = await send("", { headers: opened });
  expect(status).toBe(200);
  expect(headers).toMatchObject(securityHeaders);
  const policy = securityHeaders["content-security-policy"];
  expect(policy).not.toContain("unsafe");
  expect(policy).toContain("default-src 'none'");
  expect(headers).not.toHaveProperty("set-cookie");
});

test("a write is logged with who, what and its outcome, also when it fails", async () => {
  await start(false);
  await call("pause");
  await call("resume");
  expect(audited()).toMatchObject([
    { who: "an operator", operation: "pause", input: inputs.pause, outcome: "done" },
    { who: "an operator", operation: "resume", outcome: "failed" },
  ]);
});

test("the audit log has no value of a secret member", async () => {
  await start(false);
  const body = JSON.stringify({ type: "echo", payload: { pin: "1234", name: "a" } });
  await send("api/tasks/create", { method: "POST", headers: { origin: origin() }, body });
  expect(audited()).toMatchObject([{ input: { payload: { name: "a" } } }]);
  expect(readFileSync(auditPath(), "utf8")).not.toContain("1234");
});

test.each([
  ["{", "invalid-json", 400],
  ['{"change":"retry","ids":["x"]}', "invalid-input", 422],
  [JSON.stringify({ change: "retry", ids: [id], more: 1 }), "invalid-input", 422],
  [" ".repeat(600_000), "body-too-large", 413],
])("an invalid body is refused: %#", async (body, code, status) => {
  await start(false);
  const response = await send("api/tasks/change", { method: "POST", headers: { origin: origin() }, body });
  expect([codeOf(response), response.status, performed]).toEqual([code, status, []]);
});

test("unknown paths are not found, and two servers have different tokens", async () => {
  await start(false);
  expect((await send("api/none")).status).toBe(404);
  expect((await send("../etc/passwd")).status).toBe(401);
  const first = server;
  await start(false);
  expect(new URL(first.link).pathname).not.toBe(new URL(server.link).pathname);
  await first.close();
});
