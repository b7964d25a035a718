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

test.each([
  ['"get":', '"x-get":', "GET /orders is gone"],
  ['"name":"limit"', '"name":"size"', "GET /orders: parameter query limit is gone"],
  ['"name":"limit"', '"name":"limit","required":true', "GET /orders: parameter query limit is required"],
  ['"maximum":100', '"maximum":50', "GET /orders: query limit: maximum is tighter"],
  ['"requestBody":{', '"requestBody":{"required":true,', "POST /orders: a body is required"],
  ['"title":"toy"', '"title":"game"', "POST /orders: body toy is gone"],
  ['"maxLength":100', '"maxLength":9', "POST /orders: body book/note: maxLength is tighter"],
  ['"required":[]', '"required":["note"]', "POST /orders: body book/note is required"],
  ['"201"', '"202"', "POST /orders: response 201 is gone"],
  ['"Link"', '"X-Link"', "GET /orders: header Link of response 200 is gone"],
  ['"closed"', '"closed","paid"', "GET /orders: response 200[]/state: paid may come"],
  ['"required":["id","state"]', '"required":["id"]', "GET /orders: response 200[]/state may be missing"],
  [
    '"id":{"type":"string"}',
    '"id":{"type":"integer"}',
    "GET /orders: response 200[]/id: type is another one",
  ],
])("%s → %s breaks clients", (from, to, change) => {
  expect(breakingChanges(document, changed(from, to))).toContain(change);
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
