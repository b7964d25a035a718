import { describeChange } from "./breaking-change";
import { breakingChanges } from "./breaking-changes";

const json = (schema: object) => ({ "application/json": { schema } });
const order = {
  type: "object",
  properties: { id: { type: "string" }, state: { type: "string", enum: ["open", "closed"] } },
  required: ["id", "state"],
};
const alternative = (title: string) => ({
  title,
  type: "object",
  properties: { note: { type: "string", maxLength: 100 } },
  required: [] as string[],
});
const document = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1.0.0" },
  paths: {
    "/orders": {
      get: {
        parameters: [{ in: "query", name: "limit", schema: { type: "integer", maximum: 100 } }],
        responses: {
          200: {
            headers: { Link: {} },
            content: json({ type: "array", items: { $ref: "#/components/schemas/Order" } }),
          },
          429: {},
        },
      },
      post: {
        requestBody: { content: json({ oneOf: [alternative("book"), alternative("toy")] }) },
        responses: { 201: { content: json({ $ref: "#/components/schemas/Order" }) } },
      },
    },
  },
  components: { schemas: { Order: order } },
};

/** The document with one string replaced, which must exist. */
function changed(from: string, to: string): unknown {
  const text = JSON.stringify(document);
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to));
}

const get = (code: string, location: string, values = {}) => ({
  operation: "GET /orders",
  code,
  location,
  ...values,
});
const post = (code: string, location: string, values = {}) => ({
  ...get(code, location, values),
  operation: "POST /orders",
});

test.each([
  ['"get":', '"x-get":', get("operation-removed", "")],
  ['"name":"limit"', '"name":"size"', get("parameter-removed", "query limit")],
  ['"name":"limit"', '"name":"limit","required":true', get("parameter-required", "query limit")],
  ['"maximum":100', '"maximum":50', get("maximum-tightened", "query limit", { before: 100, after: 50 })],
  ['"maximum":100', '"maximum":100,"minimum":1', get("minimum-tightened", "query limit", { after: 1 })],
  ['"maximum":100', '"maximum":100,"pattern":"1"', get("pattern-changed", "query limit", { after: "1" })],
  ['"requestBody":{', '"requestBody":{"required":true,', post("body-required", "body")],
  [
    '"requestBody":{"content":{"application/',
    '"requestBody":{"content":{"text/',
    post("media-type-removed", "body", { before: "application/json" }),
  ],
  ['"title":"toy"', '"title":"game"', post("alternative-removed", "body toy")],
  [
    '"maxLength":100',
    '"maxLength":9',
    post("maxLength-tightened", "body book/note", { before: 100, after: 9 }),
  ],
  ['"required":[]', '"required":["note"]', post("property-required", "body book/note")],
  ['"201"', '"202"', post("response-removed", "response 201")],
  ['"Link"', '"X-Link"', get("header-removed", "response 200 header Link")],
  ['"closed"', '"closed","paid"', get("value-added", "response 200[]/state", { after: "paid" })],
  ['"required":["id","state"]', '"required":["id"]', get("property-optional", "response 200[]/state")],
  [
    '"id":{"type":"string"}',
    '"id":{"type":"integer"}',
    get("type-changed", "response 200[]/id", { before: "string", after: "integer" }),
  ],
])("%s → %s breaks clients", (from, to, change) => {
  expect(breakingChanges(document, changed(from, to))).toContainEqual(change);
});

test("a change is described in one line", () => {
  const changes = breakingChanges(document, changed('"maximum":100', '"maximum":50'));
  expect(changes.map(describeChange)).toEqual(["GET /orders, query limit: maximum tightened (100 → 50)"]);
});

test.each([
  ['"title":"Orders"', '"title":"All orders"'],
  ['"maximum":100', '"maximum":200'],
  ['"429"', '"503"'],
  ['"id":{"type":"string"}', '"id":{"type":"string"},"total":{"type":"number"}'],
  ['"get":', '"delete":{"responses":{}},"get":'],
])("%s → %s does not break clients", (from, to) => {
  expect(breakingChanges(document, changed(from, to))).toEqual([]);
});

test("a new major version permits every change", () => {
  const next = { ...document, info: { ...document.info, version: "2.0.0" }, paths: {} };
  expect(breakingChanges(document, next)).toEqual([]);
});
