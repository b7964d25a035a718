import document from "../openapi.json";
import { UnreadableTaskError } from "../../shared/tasks/task-repository";
import { maxDepth, payloadLimits } from "../../shared/tasks/storable";
import { aTask } from "../../shared/testing/builders";
import { testApi } from "../testing/test-api";
import { bodyLimitBytes } from "./json-body";
import { problemTypes, type ProblemCode } from "./problem-types";

/** Files and settings of this repository, and the services behind the API. */
const internals =
  /\b(deploy|functions|scripts|layers)\/|\.ts\b|tfvars|authorization = |dynamodb|sqs|lambda|arn:/i;

const internalIn = (text: string) => internals.exec(text)?.[0];

const leak = (name: string) =>
  Object.assign(new Error("DynamoDB refused arn:aws:dynamodb:::table/tasks in functions/api/index.ts"), {
    name,
  });

test("the OpenAPI document names no internals", () => {
  expect(Object.keys(document.paths).length).toBeGreaterThan(3);
  expect(internalIn(JSON.stringify(document))).toBeUndefined();
});

test("no problem type names internals", () => {
  expect(Object.keys(problemTypes).length).toBeGreaterThan(10);
  expect(internalIn(JSON.stringify(problemTypes))).toBeUndefined();
});

test("the errors behind a problem do name internals", () => {
  expect(internalIn(leak("Error").message)).toBe("DynamoDB");
});

type Api = ReturnType<typeof testApi>;
const echo = { type: "echo", payload: { message: "hello" } };
const post = ({ api }: Api, body: string | object, headers: Readonly<Record<string, string>> = {}) =>
  api
    .post("/tasks")
    .set({ "content-type": "application/json", ...headers })
    .send(body);
const withKey = { "idempotency-key": "once" };

/** Sends the request after a task in that state is stored. */
async function change({ api, repository }: Api, state: "succeeded" | "running", operation: string) {
  const task = aTask({ state });
  await repository.create(task, { requestId: "r" });
  return api.post(`/tasks/${task.id}/${operation}`);
}

function getFailing({ api, repository }: Api, error: Error) {
  jest.spyOn(repository, "get").mockRejectedValue(error);
  return api.get(`/tasks/${aTask().id}`);
}

/** A request for each problem type. */
const requests: Readonly<
  Record<ProblemCode, (api: Api) => PromiseLike<{ readonly text: string; readonly body: unknown }>>
> = {
  "invalid-utf8": ({ api }) => api.get("/tasks?type=%ff"),
  "invalid-json": (api) => post(api, "{"),
  "invalid-header": (api) => post(api, echo, { "idempotency-key": "a b" }),
  "wrong-origin": () => testApi({ originSecrets: () => Promise.resolve(["secret"]) }).api.get("/health"),
  "task-not-found": ({ api }) => api.get(`/tasks/${aTask().id}`),
  "resource-not-found": ({ api }) => api.get("/nothing"),
  "method-not-allowed": ({ api }) => api.put("/tasks"),
  "idempotency-request-in-progress": (api) => {
    api.repository.hasConflict = true;
    return post(api, echo, withKey);
  },
  "task-not-cancellable": (api) => change(api, "running", "cancel"),
  "task-not-retryable": (api) => change(api, "succeeded", "retry"),
  "body-too-large": (api) => post(api, `{"a":"${"x".repeat(bodyLimitBytes)}"}`),
  // Each empty array has more bytes than its JSON.
  "task-too-large": (api) =>
    post(api, { type: "echo", payload: { list: Array<[]>(payloadLimits.bytes / 4).fill([]) } }),
  "unsupported-media-type": (api) => post(api, "a=1", { "content-type": "text/plain" }),
  "invalid-request": (api) => post(api, { type: "echo", payload: { message: 1, more: 2 } }),
  "unstorable-payload": (api) => post(api, { type: "echo", payload: { message: "\ud800" } }),
  "idempotency-key-mismatch": async (api) => {
    await post(api, echo, withKey);
    return post(api, { ...echo, payload: { message: "another" } }, withKey);
  },
  "rate-limited": () =>
    testApi({
      rateLimiter: {
        take: () => Promise.resolve({ allowed: false, retryAfterSeconds: 7 }),
        close: () => undefined,
      },
    }).api.get("/tasks"),
  "internal-error": (api) => getFailing(api, leak("ValidationException")),
  "unreadable-task": (api) => getFailing(api, new UnreadableTaskError(leak("Error"))),
  "persistence-disabled": () => testApi({ repository: undefined }).api.get("/tasks"),
  "idempotency-unavailable": () => post(testApi({ repository: undefined }), echo, withKey),
  "service-unavailable": (api) => getFailing(api, leak("ThrottlingException")),
};

test.each(Object.entries(requests))("a response with %s names no internals", async (code, send) => {
  const { body, text } = await send(testApi());
  expect(body).toMatchObject({ type: `/problems/${code}`, detail: expect.any(String) as string });
  expect(internalIn(text)).toBeUndefined();
});

const nested = `${'{"a":'.repeat(maxDepth + 1)}1${"}".repeat(maxDepth + 1)}`;

test.each([
  ["[]"],
  ['{"type":"nothing","payload":{}}'],
  ['{"type":"echo","payload":[]}'],
  ...["1e400", "1e-400", '{"":1}', `{"${"x".repeat(65_536)}":1}`, nested, '"\\ud800"'].map((value) => [
    `{"type":"echo","payload":{"message":${value}}}`,
  ]),
])("the errors of %.60s name no internals", async (sent) => {
  const { body, text } = await post(testApi(), sent);
  expect(body).toMatchObject({ errors: [{ detail: expect.any(String) as string }] });
  expect(internalIn(text)).toBeUndefined();
});

test.each(["/tasks?limit=0&colour=red", "/tasks?state=done&cursor=nonsense", "/tasks?limit=1&limit=2"])(
  "the errors of %s name no internals",
  async (path) => {
    const { body, text } = await testApi().api.get(path).expect(422);
    expect(body).toHaveProperty("errors");
    expect(internalIn(text)).toBeUndefined();
  },
);
