import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { requestOf } from "../lambda/http-api-event";
import { testApi } from "../testing/test-api";

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));
const echo = (...message: readonly (string | number)[]) =>
  bytes('{"type":"echo","payload":{"message":"', ...message, '"}}');
const text = '{"type":"echo","payload":{"message":"caf\u00e9"}}';

/** `send` would convert it to JSON. */
function sending(api: ReturnType<typeof testApi>["api"], body: Buffer) {
  const request = api.post("/tasks").set("content-type", "application/json");
  request.write(body);
  return request;
}

test.each([
  ["Latin-1", echo("caf", 0xe9)],
  ["a sequence that is cut off", echo(0xf0, 0x9f, 0x98)],
  ["a sequence that is too long", echo(0xc0, 0x80)],
  ["half of a surrogate pair (CESU-8)", echo(0xed, 0xa0, 0x80)],
  ["a code point beyond the last", echo(0xf4, 0x90, 0x80, 0x80)],
  ["UTF-16 with its mark", bytes(0xff, 0xfe, Buffer.from(text, "utf16le").toString("latin1"))],
  ["UTF-16, little endian", Buffer.from(text, "utf16le")],
  ["UTF-16, big endian", Buffer.from(text, "utf16le").swap16()],
  ["UTF-32", Buffer.from(Array.from(text).flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))],
])("a body in %s is 400, and no task is created", async (_what, body) => {
  const { api, repository } = testApi();
  await sending(api, body).expect(400);
  expect(repository.entries.size).toBe(0);
});

test.each([
  ["any character", echo("caf\u00e9 \u{1f600} \ufffd")],
  ["a byte order mark", bytes("\ufeff", echo("x").toString())],
])("a body in UTF-8 with %s is accepted", async (_what, body) => {
  const { api } = testApi();
  await sending(api, body).expect(202);
});

const event = (body: string, length?: number): APIGatewayProxyEventV2 => ({
  version: "2.0",
  routeKey: "POST /tasks",
  rawPath: "/tasks",
  rawQueryString: "",
  headers: length === undefined ? {} : { "content-length": String(length) },
  requestContext: {
    accountId: "",
    apiId: "",
    domainName: "",
    domainPrefix: "",
    http: { method: "POST", path: "/tasks", protocol: "", sourceIp: "", userAgent: "" },
    requestId: "",
    routeKey: "",
    stage: "",
    time: "",
    timeEpoch: 0,
  },
  body,
  isBase64Encoded: false,
});
const bodyOf = (sent: APIGatewayProxyEventV2) => requestOf(sent).read() as Buffer | null;

test("a body in which the HTTP API has replaced bytes is detected by its length", () => {
  expect(bodyOf(event("caf\ufffd", 4))).toEqual(Buffer.of(0xff));
});

test.each([
  ["of its own", event("caf\ufffd", 6)],
  ["and no length", event("caf\ufffd")],
])("a body with U+FFFD %s is read unchanged", (_what, sent) => {
  expect(bodyOf(sent)?.toString()).toBe("caf\ufffd");
});

test.each(["?type=caf%E9", "?type=%ED%A0%80", "?type=%F0%9F%98", "?caf%E9=1", "?type=%"])(
  "GET /tasks%s is 400",
  async (query) => {
    await testApi().api.get(`/tasks${query}`).expect(400);
  },
);

test("a query in UTF-8 is read", async () => {
  const { body } = await testApi().api.get("/tasks?type=caf%C3%A9").expect(422);
  expect(body.errors).toMatchObject([{ pointer: "?type" }]);
});
