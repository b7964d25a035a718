import { testApi } from "../testing/test-api";
import { silentLogWith } from "../../shared/testing/silent-log";
import { routes } from "../routes";

const secrets = ["current-secret", "previous-secret"];
const guarded = (read = () => Promise.resolve<readonly string[]>(secrets)) =>
  testApi({ originSecrets: read });

test.each(secrets)("a request with %s is served", async (secret) => {
  const { status } = await guarded().api.get("/health").set("x-origin-secret", secret);
  expect(status).toBe(200);
});

const wrong: readonly (readonly [string, string | undefined])[] = [
  ["none", undefined],
  ["an empty one", ""],
  ["one of before the last rotation", "older-secret"],
  ["a beginning of the current one", "current"],
  ["the current one with more", "current-secret!"],
  ["both", "current-secret, previous-secret"],
];
const paths = ["/health", "/tasks", "/docs", "/openapi.json", "/nowhere", "/problems/wrong-origin"];

test.each(wrong)("a request with a wrong secret is refused on every path: %s", async (_what, secret) => {
  expect(routes.length).toBeGreaterThan(3);
  const { api, queue } = guarded();
  for (const path of paths) {
    const request = api.get(path);
    const { status, body } = await (secret === undefined ? request : request.set("x-origin-secret", secret));
    expect([path, status, (body as { type?: string }).type]).toEqual([path, 403, "/problems/wrong-origin"]);
  }
  const created = await api.post("/tasks").send({ type: "echo", payload: { message: "around" } });
  expect(created.status).toBe(403);
  expect(queue.messages).toEqual([]);
});

test("no request is served while there is no secret", async () => {
  const { status } = await guarded(() => Promise.resolve([]))
    .api.get("/health")
    .set("x-origin-secret", "");
  expect(status).toBe(403);
});

test("a secret that cannot be read is a failure of the service, and reveals nothing", async () => {
  const failing = guarded(() => Promise.reject(new Error("AccessDenied arn:aws:secretsmanager:…")));
  const { status, text } = await failing.api.get("/health").set("x-origin-secret", "current-secret");
  expect(status).toBe(503);
  expect(text).not.toContain("arn:");
});

test("the log has the address that CloudFront states, and none that a client invents", async () => {
  const lines: unknown[] = [];
  const log = silentLogWith({ info: (_message, values) => void lines.push(values) });
  const { api } = testApi({ originSecrets: () => Promise.resolve(secrets), log });
  await api.get("/health").set("x-origin-secret", "current-secret").set("x-viewer-address", "192.0.2.7");
  await api.get("/health").set("x-viewer-address", "192.0.2.8");
  expect(lines).toMatchObject([{ ip: "192.0.2.7" }, { ip: undefined }]);
});

test("a direct invocation, which a release makes, is served without the secret", async () => {
  const gatewayRequest = () => ({
    caller: { requestId: "release-1", principal: "none" },
    routeKey: "GET /health",
    isDirect: true,
  });
  const { api } = testApi({ originSecrets: () => Promise.reject(new Error("unreadable")), gatewayRequest });
  expect((await api.get("/health")).status).toBe(200);
});

test("where the origin is open, every request is served", async () => {
  expect((await testApi().api.get("/health")).status).toBe(200);
});
