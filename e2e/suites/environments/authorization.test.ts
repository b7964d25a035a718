import { generateKeyPairSync } from "node:crypto";
import { cdktfIn, expectSuccess } from "../../support/command";
import {
  appSettings,
  browserOrigin,
  openJwtEnvironment,
  type JwtEnvironment,
} from "../../support/jwt-environment";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { ProbeRole, type TemporaryCredentials } from "../../support/probe-role";
import { callApi, callBelow, type ApiCall } from "../../support/signed-call";
import { protectedCalls, spelledCalls } from "../../support/spelled-requests";
import type { Claims, TokenIssuer } from "../../support/token-issuer";
import type { E2eEnvironment } from "../../support/e2e-environment";

/** dev, changed to take tokens of an issuer on this machine, and calls of one browser application; then IAM's callers. */
let environment: JwtEnvironment;
let e2e: E2eEnvironment;
let issuer: TokenIssuer;

const inAnHour = Math.floor(Date.now() / 1000) + 3_600;
const claims: Claims = { sub: "alice", aud: "tasks", exp: inAnHour, scope: "tasks:read tasks:write" };
const withoutScope: Claims = { sub: "alice", aud: "tasks", exp: inAnHour };
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

/** The status that a call with a token is answered with. */
async function status(method: "GET" | "HEAD" | "POST", token: string | undefined): Promise<number> {
  const headers: Record<string, string> = token === undefined ? {} : bearing(token);
  const body = method === "POST" ? { type: "echo", payload: { message: "with a token" } } : undefined;
  return (await e2e.service.api.call(method, "/tasks", body, headers)).status;
}

/** A task that has succeeded: it can be read, and neither be cancelled nor tried again. */
async function finishedTask(): Promise<string> {
  const headers = bearing(issuer.token(claims));
  const payload = { message: "to be left alone" };
  const created = await e2e.service.api.call("POST", "/tasks", { type: "echo", payload }, headers);
  const id = created.headers.get("location")?.split("/").at(-1) ?? "";
  await eventually("the task to succeed", 60, async () =>
    (await e2e.service.repository.get(id))?.state === "succeeded" ? true : undefined,
  );
  return id;
}

const countTasks = async () => (await e2e.service.repository.list({ limit: 100 })).length;

/** Statuses of responses of the gateway and the function to what they do not serve. */
const refusals = [400, 403, 404, 405];

/** Sends calls, none of which may be served. */
async function expectNothingServed(
  calls: readonly ApiCall[],
  send: (call: ApiCall) => Promise<{ readonly status: number }>,
): Promise<void> {
  expect(calls.length).toBeGreaterThan(8);
  const tasks = await countTasks();
  const served: string[] = [];
  for (const call of calls) {
    const { status } = await send(call);
    if (!refusals.includes(status)) served.push(`${call.method} ${call.path} → ${status}`);
  }
  expect(served).toEqual([]);
  expect(await countTasks()).toBe(tasks);
}

jest.setTimeout(600_000);
beforeAll(async () => {
  environment = await openJwtEnvironment();
  ({ e2e, issuer } = environment);
});
afterAll(() => environment.dispose());

test("who bears a token with the route's scope is let in", async () => {
  expect(await status("POST", issuer.token(claims))).toBe(202);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(200);
});

test("HEAD needs the scope of GET", async () => {
  expect(await status("HEAD", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(200);
  expect(await status("HEAD", issuer.token({ ...claims, scope: "tasks:write" }))).toBe(403);
  expect(await status("HEAD", issuer.token(withoutScope))).toBe(403);
  expect(await status("HEAD", undefined)).toBe(401);
});

test("a token without any scope does nothing, by no spelling of any operation", async () => {
  const id = await finishedTask();
  const headers = bearing(issuer.token(withoutScope));
  const send = (call: ApiCall) => callBelow(e2e.service.api.base, { ...call, headers });
  await expectNothingServed([...protectedCalls(id), ...spelledCalls(id)], send);
  expect((await send({ method: "GET", path: "/docs" })).status).toBe(200);
  expect((await send({ method: "PATCH", path: "/tasks" })).status).toBe(405);
});

test("anyone may ask for the health", async () => {
  expect((await e2e.service.api.call("GET", "/health")).status).toBe(200);
});

test("a token without the route's scope is refused", async () => {
  expect(await status("POST", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(403);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:write" }))).toBe(403);
});

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const refused: readonly (readonly [string, () => string | undefined])[] = [
  ["no token", () => undefined],
  ["a token for somebody else", () => issuer.token({ ...claims, aud: "other" })],
  ["a token that has expired", () => issuer.token({ ...claims, exp: inAnHour - 7_200 })],
  ["a token that another key has signed", () => issuer.token(claims, stranger)],
  ["no JWT at all", () => "token"],
];
test.each(refused)("%s is refused", async (_what, token) => {
  expect(await status("POST", token())).toBe(401);
});

test("the application that tfvars name may be called from browsers, and no other", async () => {
  const preflight = (origin: string) =>
    e2e.service.api.call("OPTIONS", "/tasks", undefined, {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,idempotency-key",
    });
  const allowed = await preflight(browserOrigin);
  expect(allowed.headers.get("access-control-allow-origin")).toBe(browserOrigin);
  expect(allowed.headers.get("access-control-allow-headers")?.split(",")).toEqual(
    expect.arrayContaining(["authorization", "idempotency-key", "x-amz-date", "x-amz-security-token"]),
  );
  expect((await preflight("https://evil.example.com")).headers.get("access-control-allow-origin")).toBeNull();
});

describe("with IAM", () => {
  const arn = (path: string) => `arn:aws:execute-api:*:*:*/*/${path}`;
  const invoke = (Effect: "Allow" | "Deny", Resource: string | string[]) => ({
    ...{ Effect, Action: "execute-api:Invoke", Resource },
  });
  let role: ProbeRole;
  let id: string;
  let apiUrl: string;
  const send = (call: ApiCall, credentials: TemporaryCredentials = role.credentials) =>
    callApi(apiUrl, e2e.local.cloud.target, { ...call, signed: true, credentials });

  beforeAll(async () => {
    id = await finishedTask();
    const copy = e2e.changeRepository();
    copy.edit(appSettings, /"jwt"\njwt = .*/, '"iam"');
    const { env, target } = e2e.local.cloud;
    expectSuccess(await cdktfIn(copy.folder, env, "deploy", "*-dev", "--auto-approve"));
    apiUrl = (await layerOutputs(e2e.local.cloud, e2e.local.home, "infra"))("api_endpoint");
    role = await ProbeRole.make(e2e.account.iam, target);
  });
  afterAll(() => role.remove());

  test("what a policy denies is done by no spelling of it", async () => {
    const denied = protectedCalls(id).map(({ method, path }) => arn(`${method}${path}`));
    await role.give([invoke("Allow", "*"), invoke("Deny", denied)]);
    expect((await send({ method: "GET", path: "/docs" })).status).toBe(200);
    await expectNothingServed([...protectedCalls(id), ...spelledCalls(id)], send);
  });

  test("two sessions of a role share their idempotency keys", async () => {
    await role.give([invoke("Allow", arn("POST/tasks"))]);
    const body = JSON.stringify({ type: "echo", payload: { message: "once" } });
    const call = { method: "POST", path: "/tasks", body, headers: { "idempotency-key": "of-the-role" } };
    const tasks = await countTasks();
    const first = await send(call, await role.session("host-1"));
    const second = await send(call, await role.session("host-2"));
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toBe(first.body);
    expect(await countTasks()).toBe(tasks + 1);
  });
});
