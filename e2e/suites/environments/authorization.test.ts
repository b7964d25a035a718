import { generateKeyPairSync } from "node:crypto";
import { browserOrigin, openJwtEnvironment, type JwtEnvironment } from "../../support/jwt-environment";
import { eventually } from "../../support/eventually";
import type { TemporaryCredentials } from "../../support/credentials";
import { layerOutputs } from "../../support/outputs";
import { ProbeRole } from "../../support/probe-role";
import { callApi, callUnsigned, type ApiCall } from "../../support/signed-call";
import { protectedCalls, spelledCalls } from "../../support/spelled-requests";
import type { Claims, TokenIssuer } from "../../support/token-issuer";
import type { E2eEnvironment } from "../../support/e2e-environment";

/** dev with JWT authorization by a local issuer, then with IAM authorization. */
let environment: JwtEnvironment;
let e2e: E2eEnvironment;
let issuer: TokenIssuer;

const inAnHour = Math.floor(Date.now() / 1000) + 3_600;
const claims: Claims = { sub: "alice", aud: "tasks", exp: inAnHour, scope: "tasks:read tasks:write" };
const withoutScope: Claims = { sub: "alice", aud: "tasks", exp: inAnHour };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The status of the response to a request with a token, or without one. */
async function status(method: "GET" | "HEAD" | "POST", token: string | undefined): Promise<number> {
  const headers: Record<string, string> = token === undefined ? {} : bearer(token);
  const body = method === "POST" ? { type: "echo", payload: { message: "with a token" } } : undefined;
  return (await e2e.service.api.call(method, "/tasks", body, headers)).status;
}

/** A succeeded task: it can be read, and neither cancelled nor retried. */
async function finishedTask(): Promise<string> {
  const headers = bearer(issuer.token(claims));
  const payload = { message: "unchanged" };
  const created = await e2e.service.api.call("POST", "/tasks", { type: "echo", payload }, headers);
  const id = created.headers.get("location")?.split("/").at(-1) ?? "";
  await eventually("the task has succeeded", 60, async () =>
    (await e2e.service.repository.get(id))?.state === "succeeded" ? true : undefined,
  );
  return id;
}

const countTasks = async () => (await e2e.service.repository.list({ limit: 100 })).tasks.length;

/** Statuses with which the gateway and the function reject requests. */
const rejections = [400, 403, 404, 405];

/** Sends requests, all of which must be rejected and create no task. */
async function expectAllRejected(
  calls: readonly ApiCall[],
  send: (call: ApiCall) => Promise<{ readonly status: number }>,
): Promise<void> {
  expect(calls.length).toBeGreaterThan(8);
  const tasks = await countTasks();
  const served: string[] = [];
  for (const call of calls) {
    const { status } = await send(call);
    if (!rejections.includes(status)) served.push(`${call.method} ${call.path} → ${status}`);
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

test("a token with the scope of the route is accepted", async () => {
  expect(await status("POST", issuer.token(claims))).toBe(202);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(200);
});

test("HEAD requires the scope of GET", async () => {
  expect(await status("HEAD", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(200);
  expect(await status("HEAD", issuer.token({ ...claims, scope: "tasks:write" }))).toBe(403);
  expect(await status("HEAD", issuer.token(withoutScope))).toBe(403);
  expect(await status("HEAD", undefined)).toBe(401);
});

test("a token without scopes is rejected by every protected operation, however its path is written", async () => {
  const id = await finishedTask();
  const headers = bearer(issuer.token(withoutScope));
  const send = (call: ApiCall) => callUnsigned(e2e.service.api.base, { ...call, headers });
  await expectAllRejected([...protectedCalls(id), ...spelledCalls(id)], send);
  expect((await send({ method: "GET", path: "/docs" })).status).toBe(200);
  expect((await send({ method: "PATCH", path: "/tasks" })).status).toBe(405);
});

test("GET /health requires no token", async () => {
  expect((await e2e.service.api.call("GET", "/health")).status).toBe(200);
});

test("a token without the scope of the route is rejected with 403", async () => {
  expect(await status("POST", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(403);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:write" }))).toBe(403);
});

const otherKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const rejected: readonly (readonly [string, () => string | undefined])[] = [
  ["no token", () => undefined],
  ["a token for another audience", () => issuer.token({ ...claims, aud: "other" })],
  ["an expired token", () => issuer.token({ ...claims, exp: inAnHour - 7_200 })],
  ["a token signed by another key", () => issuer.token(claims, otherKey)],
  ["a token that is not a JWT", () => "token"],
];
test.each(rejected)("%s is rejected with 401", async (_case, token) => {
  expect(await status("POST", token())).toBe(401);
});

test("CORS allows the origin of the tfvars and no other", async () => {
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

describe("with IAM authorization", () => {
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
    await e2e.deployWith({ app: { authorization: '"iam"', jwt: undefined } });
    apiUrl = (await layerOutputs(e2e.local.cloud, e2e.local.home, "infra"))("api_endpoint");
    role = await ProbeRole.create(e2e.account.iam, e2e.local.cloud.target);
  });
  afterAll(() => role.remove());

  test("an operation that a policy denies is rejected, however its path is written", async () => {
    const denied = protectedCalls(id).map(({ method, path }) => arn(`${method}${path}`));
    await role.setStatements([invoke("Allow", "*"), invoke("Deny", denied)]);
    expect((await send({ method: "GET", path: "/docs" })).status).toBe(200);
    await expectAllRejected([...protectedCalls(id), ...spelledCalls(id)], send);
  });

  test("idempotency keys are shared by all sessions of a role", async () => {
    await role.setStatements([invoke("Allow", arn("POST/tasks"))]);
    const body = JSON.stringify({ type: "echo", payload: { message: "once" } });
    const call = { method: "POST", path: "/tasks", body, headers: { "idempotency-key": "shared" } };
    const tasks = await countTasks();
    const first = await send(call, await role.session("host-1"));
    const second = await send(call, await role.session("host-2"));
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toBe(first.body);
    expect(await countTasks()).toBe(tasks + 1);
  });
});
