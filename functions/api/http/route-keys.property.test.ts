import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as fc from "fast-check";
import { aTask } from "../../shared/testing/builders";
import { createLambdaHandler } from "../lambda/create-lambda-handler";
import { readGatewayRequest } from "../lambda/gateway-request";
import { routes } from "../routes";
import { preflightRouteKeys, routeKey } from "../routes/route-key";
import { decoded, pathOf, spellingsOf } from "../testing/spellings";
import { testApi } from "../testing/test-api";

// A thousand requests take a second on an idle machine, and several times as long in parallel with other tests.
jest.setTimeout(60_000);

const { app, queue, repository } = testApi({
  gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event),
});
const handler = createLambdaHandler(app);
const task = aTask({ state: "failed" });

/** Sends an event as the HTTP API does after its choice of a route. */
async function send(method: string, rawPath: string, key: string): Promise<number> {
  const http = { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" };
  const answer = await handler({
    version: "2.0",
    routeKey: key,
    rawPath,
    rawQueryString: "",
    headers: { "content-type": "application/json" },
    requestContext: {
      http,
      routeKey: key,
      requestId: "request-1",
    } as APIGatewayProxyEventV2["requestContext"],
    body: JSON.stringify({ type: "echo", payload: { message: "hello" } }),
    isBase64Encoded: false,
  });
  return answer.statusCode ?? 200;
}

const refused = [404, 405];
const byKey = new Map(routes.map((route) => [routeKey(route), route]));

beforeEach(async () => {
  repository.entries.clear();
  queue.messages.length = 0;
  await repository.create(task, { requestId: "request-0" });
});
const untouched = () => {
  expect(queue.messages).toEqual([]);
  expect([...repository.entries.values()].map((entry) => entry.task)).toEqual([task]);
};

test("the routes are the API's, HEAD included", () => {
  expect([...byKey.keys()]).toEqual(expect.arrayContaining(["POST /tasks", "HEAD /tasks/{id}"]));
});

test.each([...byKey])("%s is served under its own route and no other", async (key, route) => {
  const [method, path] = [route.method.toUpperCase(), pathOf(route, task.id)];
  for (const other of [...byKey.keys(), "$default", "ANY /{proxy+}", ""].filter((one) => one !== key))
    expect({ other, isRefused: refused.includes(await send(method, path, other)) }).toEqual({
      other,
      isRefused: true,
    });
  untouched();
  // The stored task has failed: it can be read and retried, and not cancelled.
  expect([200, 202, 409]).toContain(await send(method, path, key));
});

test("no other spelling is served, whatever the case of its method, by $default or by its own route", async () => {
  const request = fc.constantFrom(...byKey).chain(([key, route]) =>
    fc.record({
      key: fc.constant(key),
      spelled: spellingsOf(pathOf(route, task.id)),
      method: fc.constantFrom(route.method, route.method.toUpperCase()),
      isDecoded: fc.boolean(),
      isOwn: fc.boolean(),
      path: fc.constant(pathOf(route, task.id)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ key, spelled, method, isDecoded, isOwn, path }) => {
      const rawPath = isDecoded ? decoded(spelled) : spelled;
      fc.pre(rawPath !== path);
      expect(refused).toContain(await send(method, rawPath, isOwn ? key : "$default"));
    }),
    { numRuns: 1_000 },
  );
  untouched();
});

test.each(["get", "Get", "hEAD", "OPTIONS", "TRACE"])("%s /tasks is a 405", async (method) => {
  expect(await send(method, "/tasks", "$default")).toBe(405);
});

test.each(["/openapi.json", "/docs"])("%s is served by $default in one spelling", async (path) => {
  for (const method of ["GET", "HEAD"]) expect(await send(method, path, "$default")).toBe(200);
  for (const spelled of [`${path}/`, path.toUpperCase(), `/${path}`, `${path} `, `/.${path}`])
    expect(await send("GET", spelled, "$default")).toBe(404);
  expect(await send("GET", path, "GET /health")).toBe(404);
});

test.each(preflightRouteKeys)(
  "%s responds to preflight requests with success and does nothing",
  async (key) => {
    for (const path of ["/", "/tasks", "/tasks/1/cancel", "/docs", "/nothing"])
      expect(await send("OPTIONS", path, key)).toBe(204);
    untouched();
  },
);
