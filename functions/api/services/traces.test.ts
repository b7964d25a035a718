import fc from "fast-check";
import { noon } from "../../shared/testing/builders";
import type { silentLog } from "../../shared/testing/silent-log";
import { createLambdaHandler } from "../lambda/create-lambda-handler";
import { readGatewayRequest } from "../lambda/gateway-request";
import { testApi } from "../testing/test-api";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const invocation = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

/** The deployed function's handler, with its log lines. */
function setUp() {
  const lines: unknown[] = [];
  const logWith = (carried: object): typeof silentLog => {
    const note = (message: string, values = {}) => void lines.push({ ...carried, message, ...values });
    return {
      debug: note,
      info: note,
      warn: note,
      error: note,
      with: (more) => logWith({ ...carried, ...more }),
    };
  };
  const api = testApi({
    log: logWith({}),
    gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event, invocation),
  });
  const handler = createLambdaHandler(api.app);
  const call = (headers: Record<string, string>, routeKey = "POST /tasks", rawPath = "/tasks") =>
    handler({
      ...{ version: "2.0", routeKey, rawPath, rawQueryString: "", isBase64Encoded: false },
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ type: "echo", payload: { message: "hello" } }),
      requestContext: {
        ...{ accountId: "1", apiId: "a", domainName: "d", domainPrefix: "d", stage: "$default" },
        ...{ requestId: "request-1", routeKey, time: noon.toISOString(), timeEpoch: noon.getTime() },
        http: {
          method: "POST",
          path: rawPath,
          protocol: "HTTP/1.1",
          sourceIp: "192.0.2.1",
          userAgent: "test",
        },
      },
    });
  return { ...api, call, lines };
}

test("the trace of a request is on its task, on its message and in each line of its log", async () => {
  const { call, queue, repository, lines } = setUp();
  queue.fails = () => true;
  await call({ traceparent });
  queue.fails = () => false;
  await call({ traceparent });
  const trace = { traceparent, xrayTrace: invocation };
  expect([...repository.entries.values()]).toMatchObject([{ origin: trace }, { origin: trace }]);
  expect(queue.messages).toMatchObject([trace]);
  expect(lines).toMatchObject([
    { message: expect.stringContaining("not published"), requestId: "request-1", traceId },
    { message: "request completed", requestId: "request-1", traceId, route: "POST /tasks", status: 202 },
    { message: "request completed", requestId: "request-1", traceId },
  ]);
});

test("a line of an error has the request's id and its trace's", async () => {
  const { call, repository, lines } = setUp();
  jest.spyOn(repository, "create").mockRejectedValue(new Error("throttled"));
  await call({ traceparent });
  expect(lines).toMatchObject([
    { message: "SQS or DynamoDB call failed", requestId: "request-1", traceId },
    { status: 503, traceId },
  ]);
});

test("a retry replaces the trace of the task", async () => {
  const { call, repository, queue } = setUp();
  await call({ traceparent });
  const [id = ""] = repository.entries.keys();
  await repository.markFailed({ taskId: id, revision: 1 }, "failed");
  await call({}, "POST /tasks/{id}/retry", `/tasks/${id}/retry`);
  expect(queue.messages.at(-1)).toMatchObject({ traceparent: expect.stringContaining("5759e988bd862e") });
  expect(queue.messages.at(-1)?.xrayTrace).toBeUndefined();
});

test("whatever the headers of a trace hold, the task is created", async () => {
  const { call, queue } = setUp();
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "",
      traceparent.toUpperCase(),
      `${traceparent},${traceparent}`,
      "__proto__",
      "x".repeat(8_000),
    ),
  );
  await fc.assert(
    fc.asyncProperty(anything, anything, async (traceparent, xray) => {
      const { statusCode } = await call({ traceparent, "x-amzn-trace-id": xray, tracestate: xray });
      expect(statusCode).toBe(202);
      expect(queue.messages.at(-1)).toMatchObject({
        traceparent: expect.stringMatching(/^00-[0-9a-f-]{52}$/),
      });
    }),
  );
});
