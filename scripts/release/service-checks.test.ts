import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { mockClient } from "aws-sdk-client-mock";
import type { ReleaseInput } from "../../deploy/30_app/lambda/release-input";
import { taskMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { producerEvent } from "@serverless-tasks/functions/producer/event";
import { serviceChecks } from "./service-checks";

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const functions = {
  api: { name: "tasks-api", version: "8", timeout_seconds: 10 },
  worker: { name: "tasks-worker", version: "6", timeout_seconds: 30 },
  producer: { name: "tasks-producer", version: "2", timeout_seconds: 60 },
};
const input: ReleaseInput = {
  ...{ region: "eu-central-1", alias: "live", commit: "c", functions },
  ...{ error_percent: 1, duration_percent: 80 },
  ...{ watch_seconds: 0, canary_percent: 0, canary_seconds: 0, kept_releases: 10 },
};

interface Event {
  readonly routeKey?: string;
  readonly body?: string;
  readonly Records?: readonly { readonly body: string }[];
}
/** The result of a function; `fails` is an error of it. */
type Responses = Readonly<Record<string, object | "fails">>;

const task = (state: string, version = "6") => ({
  statusCode: 200,
  body: JSON.stringify({ id, state, ...(state === "succeeded" && { result: { version } }) }),
});
const good: Responses = {
  "GET /health": { statusCode: 200, body: "{}" },
  "POST /tasks": { statusCode: 202, body: JSON.stringify({ id }) },
  "GET /tasks/{id}": task("succeeded"),
  worker: { batchItemFailures: [] },
  producer: {},
};

/** Checks of functions that respond like this; the calls that were made. */
function checksOf(given: Responses, attempts = 1) {
  const responses = { ...good, ...given };
  const calls: [qualifier: string, what: string][] = [];
  const lambda = mockClient(LambdaClient);
  lambda.on(InvokeCommand).callsFake(({ FunctionName, Qualifier, Payload }) => {
    const event = JSON.parse(String(Payload)) as Event;
    const what = event.routeKey ?? String(FunctionName).replace("tasks-", "");
    calls.push([String(Qualifier), what]);
    // The functions accept what the checks send.
    if (what === "worker") taskMessage.parse(JSON.parse(event.Records?.[0]?.body ?? ""));
    if (what === "producer") producerEvent.parse(event);
    const response = responses[what];
    const payload = response === "fails" ? { errorMessage: "bad version" } : response;
    return {
      Payload: Buffer.from(JSON.stringify(payload)),
      ...(response === "fails" && { FunctionError: "Unhandled" }),
    };
  });
  return { checks: serviceChecks(new LambdaClient(), input, { attempts, pauseMilliseconds: 0 }), calls };
}

test("before the aliases are moved, versions are invoked; afterwards, the alias", async () => {
  const { checks, calls } = checksOf({});
  await checks.checkVersions();
  expect(calls.splice(0)).toEqual([
    ["8", "GET /health"],
    ["8", "POST /tasks"],
    ["6", "worker"],
    ["8", "GET /tasks/{id}"],
    ["2", "producer"],
  ]);
  await checks.checkService();
  await checks.probe();
  expect(new Set(calls.map(([qualifier]) => qualifier))).toEqual(new Set(["live"]));
});

test("without a table, a task that runs is enough", async () => {
  const { checks } = checksOf({ "GET /tasks/{id}": { statusCode: 501, body: "{}" } });
  await checks.checkVersions();
  await checks.checkService();
});

test.each<[string, Responses, RegExp]>([
  ["an API that fails", { "GET /health": "fails" }, /tasks-api:8 failed: .*bad version/],
  [
    "an API that is not healthy",
    { "GET /health": { statusCode: 503 } },
    /GET \/health with 503, expected 200/,
  ],
  ["an API that creates no task", { "POST /tasks": { statusCode: 500 } }, /POST \/tasks with 500/],
  ["a worker that fails", { worker: "fails" }, /tasks-worker:6 failed/],
  [
    "a worker that reports its message",
    { worker: { batchItemFailures: [{ itemIdentifier: "1" }] }, "GET /tasks/{id}": task("queued") },
    /tasks-worker:6 has not run a task: it is queued/,
  ],
  [
    "a worker of another version",
    { "GET /tasks/{id}": task("succeeded", "5") },
    /tasks-worker:6 has not run/,
  ],
  ["a producer that fails", { producer: "fails" }, /tasks-producer:2 failed/],
])("versions with %s are refused", async (_what, given, message) => {
  await expect(checksOf(given).checks.checkVersions()).rejects.toThrow(message);
});

test("a service whose tasks fail through the queue is refused", async () => {
  const { checks } = checksOf({ "GET /tasks/{id}": task("failed") });
  await expect(checks.checkService()).rejects.toThrow("a task through the queue is failed");
});

test("a check is repeated, as often as given", async () => {
  const { checks, calls } = checksOf({ "GET /health": "fails" }, 3);
  await expect(checks.checkVersions()).rejects.toThrow();
  expect(calls).toHaveLength(3);
});
