import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { aTask, noon } from "../shared/testing/builders";
import { canariesIn } from "../shared/testing/canary";
import { canary, inputs, ObservedOutput, observedLog } from "../shared/testing/observed-output";
import { readEnvironment } from "../shared/runtime/environment";
import { producerEvent } from "../producer/event";
import { taskTypes } from "../worker/handlers";
import { apiEnvironment } from "./env";
import { createLambdaHandler } from "./lambda/create-lambda-handler";
import { readGatewayRequest } from "./lambda/gateway-request";
import { routes } from "./routes";
import { defaultRouteKey, routeKey } from "./routes/route-key";
import { pathOf } from "./testing/spellings";
import { testApi } from "./testing/test-api";

jest.mock("../worker/handlers", () => jest.requireActual<object>("../worker/testing/canary-task-types"));

const output = new ObservedOutput();
beforeEach(() => {
  output.start();
});
afterEach(() => {
  output.stop();
});

const headers = Object.fromEntries(
  inputs.slice(0, inputs.indexOf("header name")).map((name) => [name, canary(name)]),
);

function anEvent(
  key: string,
  path: string,
  body: string,
  more: Record<string, string>,
): APIGatewayProxyEventV2 {
  const [method = "GET"] = key === defaultRouteKey ? ["POST"] : key.split(" ");
  return {
    ...{ version: "2.0", routeKey: key, rawPath: path, body, isBase64Encoded: false },
    rawQueryString: `${canary("query name")}=${canary("query value")}&cursor=${canary("query value")}`,
    cookies: [`session=${canary("cookie")}`],
    headers: { ...headers, [canary("header name").toLowerCase()]: "1", ...more },
    requestContext: {
      ...{ accountId: "1", apiId: "a", domainName: "d", domainPrefix: "d", stage: "$default" },
      ...{ requestId: "request-1", routeKey: key, time: "now", timeEpoch: noon.getTime() },
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: canary("user-agent") },
      authorizer: {
        jwt: { claims: { iss: "https://login.example.com", sub: canary("principal") }, scopes: [] },
      },
    } as APIGatewayProxyEventV2["requestContext"],
  };
}

function setUpApi() {
  const api = testApi({
    log: observedLog(),
    metrics: output.metrics(taskTypes),
    gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event, undefined),
  });
  return { ...api, handler: createLambdaHandler(api.app) };
}

const valid = JSON.stringify({ type: "returning", payload: { data: canary("body") } });
const json = { "content-type": "application/json" };
/** Bodies, with the headers that have them read. */
const bodies: readonly (readonly [string, string, Record<string, string>])[] = [
  ["a valid body", valid, json],
  [
    "a valid body without a query of its own",
    valid,
    { ...json, traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` },
  ],
  ["a body of another content type", valid, {}],
  ["no JSON", canary("body"), json],
  ["a string", JSON.stringify(canary("body")), json],
  ["an unknown type", JSON.stringify({ type: canary("type"), payload: {} }), json],
  [
    "another member",
    JSON.stringify({ type: "returning", payload: { data: "", [canary("body member")]: 1 } }),
    json,
  ],
  [
    "a value that cannot be stored",
    JSON.stringify({ type: "returning", payload: { data: `${canary("body")}\ud800` } }),
    json,
  ],
  ["bytes that are not UTF-8", `${canary("body")}\ufffd`, { ...json, "content-length": "1" }],
];
const paths = (key: string) => {
  const path = routes.find((route) => routeKey(route) === key)?.path ?? `/${canary("path")}`;
  return [path.replace(/\{\w+\}/g, canary("path")), pathOf({ path }, aTask().id), `/${canary("path")}%zz`];
};

test.each([...routes.map(routeKey), defaultRouteKey])("%s writes no input", async (key) => {
  const api = setUpApi();
  for (const path of paths(key)) {
    for (const [, body, more] of bodies) await api.handler(anEvent(key, path, body, more));
    await api.handler({ ...anEvent(key, path, valid, json), rawQueryString: "" });
  }
  const lines = output.written.filter((line) => line.includes("request completed"));
  expect(lines).toHaveLength(3 * (bodies.length + 1));
  expect(canariesIn(output.with(api.repository), inputs)).toEqual([]);
});

const Item = { payload: { S: canary("body") } };
const failures = [
  new ConditionalCheckFailedException({ message: "failed", $metadata: {}, Item }),
  new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: [{ Code: "None", Item }],
  }),
  new Error("outer", {
    cause: new ConditionalCheckFailedException({ message: "failed", $metadata: {}, Item }),
  }),
];
test.each(failures)("an error of a request to AWS is logged without its item: %s", async (error) => {
  const api = setUpApi();
  jest.spyOn(api.repository, "create").mockRejectedValue(error);
  const { statusCode } = await api.handler({
    ...anEvent("POST /tasks", "/tasks", valid, json),
    rawQueryString: "",
  });
  expect(statusCode).toBe(503);
  expect(output.written.join("\n")).toContain(error.message);
  expect(canariesIn(output.with(api.repository), inputs)).toEqual([]);
});

test("an environment that is wrong, and an event that is, are reported without their values", () => {
  const values = { LOG_LEVEL: canary("environment"), TASK_QUEUE_URL: canary("environment") };
  const failure = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      observedLog().error("failed", { error });
      return output.written.join("\n");
    }
    throw new Error("Expected an error");
  };
  const ofEnvironment = failure(() => readEnvironment(apiEnvironment, values));
  expect(ofEnvironment).toContain("TASK_QUEUE_URL");
  const event = { kind: "schedule", schedule: "s", time: canary("event"), type: 1, payload: canary("event") };
  const ofEvent = failure(() => producerEvent.parse(event));
  expect(canariesIn(ofEnvironment + ofEvent, inputs)).toEqual([]);
});
