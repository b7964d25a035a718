import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as fc from "fast-check";
import { dynamoValue } from "../../shared/aws/dynamodb/dynamo-value";
import { encodeMessage, taskMessage } from "../../shared/tasks/message";
import { maxDepth } from "../../shared/tasks/storable";
import type { Task } from "../../shared/tasks/task";
import { testApi } from "../testing/test-api";

// In parallel with other tests, a hundred generated payloads take several times as long as alone.
jest.setTimeout(60_000);

jest.mock("../../worker/handlers", () => jest.requireActual<object>("../../worker/testing/lenient-handlers"));

interface ApiResponse {
  readonly status: number;
  readonly body: Task & { readonly errors?: readonly { readonly pointer: string }[] };
}

async function post(
  payload: string,
  headers: Readonly<Record<string, string>> = {},
  { api, queue, repository } = testApi(),
) {
  const { status, body }: ApiResponse = await api
    .post("/tasks")
    .set({ "content-type": "application/json", ...headers })
    .send(`{"type":"any","payload":${payload}}`);
  const accepted = [...repository.entries.values()].map(({ task }) => task);
  return {
    status,
    body,
    accepted,
    messages: queue.messages,
    pointers: body.errors?.map(({ pointer }) => pointer),
  };
}

const withKey = { "idempotency-key": "once" };

test.each([
  ["half of a surrogate pair", String.raw`{"a":["\ud83d"]}`, "/payload/a/0"],
  ["such a name", String.raw`{"\udc00":1}`, "/payload/\udc00"],
  ["an integer that JSON.parse changes", '{"a":{"b":9007199254740993}}', "/payload/a/b"],
  ["1e21", '{"a/b":1e21}', "/payload/a~1b"],
  ["a number that is too small for the table", '{"a":1e-131}', "/payload/a"],
  ["a number that JSON.parse takes for 0", '{"a":["1e-400",1e-400]}', "/payload/a/1"],
  ["the same without an exponent", `{"a":0.${"0".repeat(400)}1}`, "/payload/a"],
  ["a number that JSON.parse takes for infinity", '{"a":-1.8e308}', "/payload/a"],
  ["an empty name", '{"a":{"":1}}', "/payload/a/"],
  ["__proto__", '{"a":{"__proto__":{"polluted":true}}}', "/payload/a/__proto__"],
])("%s is 422 with its pointer, and no task is created", async (_what, payload, pointer) => {
  for (const headers of [{}, withKey]) {
    const { status, pointers, accepted, messages } = await post(payload, headers);
    expect({ status, pointers, accepted, messages }).toEqual({
      status: 422,
      pointers: [pointer],
      accepted: [],
      messages: [],
    });
  }
});

test.each([
  ["what SQS refuses unless it is escaped", String.raw`{"a":"\u0000\ufffe\uffff","\uffff":"𝒳"}`],
  ["the largest integers", '{"a":[9007199254740991,-9007199254740991]}'],
  ["a fraction that is rounded, as JSON does", '{"a":0.10000000000000000001}'],
  ["a zero, however it is written", '{"a":[0e-400,-0,0.000e999]}'],
  ["a small number in a string", '{"a":"1e-400 \\"1e-400"}'],
  ["names that mean something to JavaScript", '{"constructor":{"name":"Set"},"toString":1,"then":2}'],
])("%s is stored unchanged", async (_what, payload) => {
  for (const headers of [{}, withKey]) {
    const { status, body, accepted } = await post(payload, headers);
    expect(status).toBe(202);
    expect(JSON.stringify(body.payload)).toBe(JSON.stringify(JSON.parse(payload)));
    expect(accepted).toHaveLength(1);
  }
});

test("a payload may be as deep with an idempotency key as without, and is 422 beyond that", async () => {
  const arrays = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const deepest = maxDepth - 1;
  for (const depth of [1, deepest - 1, deepest, deepest + 1, deepest + 2, 2_000, 30_000]) {
    const [without, with_] = [await post(arrays(depth)), await post(arrays(depth), withKey)];
    expect({ depth, statuses: [without.status, with_.status] }).toEqual({
      depth,
      statuses: Array(2).fill(depth <= deepest ? 202 : 422),
    });
  }
});

test("a payload that is too large as an item is 413, although its JSON is short", async () => {
  const { status, pointers, accepted } = await post(`{"a":[${Array(60_000).fill("1").join(",")}]}`);
  expect({ status, pointers, accepted }).toEqual({ status: 413, pointers: ["/payload"], accepted: [] });
});

/** JSON that may be invalid: numbers of any size, any escapes, any depth. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 40, depthSize: 0.3 },
    fc
      .tuple(fc.bigInt(), fc.nat(400), fc.integer({ min: -500, max: 500 }))
      .map(([n, f, e]) => `${n}.${f}e${e}`),
    fc.bigInt().map(String),
    fc.nat(0xffff).map((unit) => `"\\u${unit.toString(16).padStart(4, "0")}"`),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc.constantFrom("null", "true", "false"),
    fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    fc
      .dictionary(fc.string(), tie("json"), { maxKeys: 3 })
      .map((members) => JSON.stringify(members, (_key, value: unknown) => value)),
    tie("json").map((inner) => `{"a":${inner}}`),
  ),
}));

/** The payload as it is read from the table, in an idempotency record, and from the queue. */
function throughTheTableAndTheQueue(task: Task): unknown[] {
  const item = marshall({ task: dynamoValue(task) }, { removeUndefinedValues: true });
  const { id: taskId, revision, type, payload } = task;
  const message = encodeMessage({ version: 1, taskId, revision, type, payload, requestId: "r" });
  return [(unmarshall(item).task as Task).payload, taskMessage.parse(JSON.parse(message)).payload];
}

test("any payload is stored unchanged or refused, and never 5xx", async () => {
  const statuses = new Set<number>();
  const testedApi = testApi();
  const property = fc.asyncProperty(json, async (value) => {
    testedApi.repository.entries.clear();
    const { status, accepted } = await post(`{"a":${value}}`, {}, testedApi);
    statuses.add(status);
    expect([202, 422]).toContain(status);
    expect(accepted).toHaveLength(status === 202 ? 1 : 0);
    for (const task of accepted) {
      for (const found of throughTheTableAndTheQueue(task)) expect(found).toEqual(task.payload);
    }
  });
  await fc.assert(property, { numRuns: 300 });
  expect([...statuses].sort()).toEqual([202, 422]);
}, 60_000);

test.each([
  ["20,000 items", `{"a":[${Array(20_000).fill('""').join()}]}`, 100],
  [
    "50,000 characters in the name around 2,000 items",
    `{"${'\\"'.repeat(50_000)}":[${Array(2_000).fill('""').join()}]}`,
    5,
  ],
])(
  "a response names the first errors of %s, and fits into a response of Lambda",
  async (_what, payload, count) => {
    const { body, text }: { readonly body: ApiResponse["body"]; readonly text: string } = await testApi()
      .api.post("/tasks")
      .set("content-type", "application/json")
      .send(`{"type":"numbers","payload":${payload}}`)
      .expect(422);
    expect(body.errors).toHaveLength(count);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(2_000_000);
  },
);
