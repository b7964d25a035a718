import { breakingChanges } from "../../../packages/openapi-changes/src/breaking-changes";
import { openApiDocument } from "./document";

test("every operation but the open one names the security schemes and its scope", () => {
  const { paths = {}, components } = openApiDocument();
  expect(Object.keys(components?.securitySchemes ?? {})).toEqual(["iam", "jwt"]);
  expect(paths["/tasks"]?.post?.security).toEqual([{}, { iam: [] }, { jwt: ["tasks:write"] }]);
  expect(paths["/tasks"]?.get?.security).toEqual([{}, { iam: [] }, { jwt: ["tasks:read"] }]);
  expect(paths["/health"]?.get?.security).toEqual([]);
});

test("exactly the operations with a scope have responses 401 and 403", () => {
  const operations = Object.values(openApiDocument().paths ?? {}).flatMap((methods) =>
    [methods.get, methods.head, methods.post, methods.delete].filter((one) => one !== undefined),
  );
  expect(operations.length).toBeGreaterThan(7);
  for (const { operationId, security, responses = {} } of operations) {
    const refusals = Object.keys(responses).filter((status) => ["401", "403"].includes(status));
    expect([operationId, refusals]).toEqual([operationId, security?.length === 0 ? [] : ["401", "403"]]);
  }
});

test("each GET has a HEAD with the same parameters, security and headers, without bodies", () => {
  const gets = Object.values(openApiDocument().paths ?? {}).filter(({ get }) => get !== undefined);
  expect(gets.length).toBeGreaterThan(2);
  for (const { get, head } of gets) {
    expect(head?.parameters).toEqual(get?.parameters);
    expect(head?.security).toEqual(get?.security);
    const withoutBodies = Object.entries(get?.responses ?? {}).map(([status, response]) => [
      status,
      Object.fromEntries(Object.entries(response).filter(([name]) => name !== "content")),
    ]);
    expect(head?.responses).toEqual(Object.fromEntries(withoutBodies));
  }
});

/** The document with one string replaced, which must exist. */
function changed(from: string, to: string): unknown {
  const text = JSON.stringify(openApiDocument());
  if (!text.includes(from)) throw new Error(`The document has no ${from}`);
  return JSON.parse(text.replace(from, to));
}

const post = "POST /tasks";
const get = "GET /tasks";

test.each([
  ['"/health"', '"/alive"', { code: "operation-removed", operation: "GET /health" }],
  ['"delete":', '"x-delete":', { code: "operation-removed", operation: "DELETE /tasks/{id}" }],
  [
    '"name":"cursor"',
    '"name":"after"',
    { code: "parameter-removed", operation: get, location: "query cursor" },
  ],
  [
    '"name":"limit"',
    '"name":"limit","required":true',
    { code: "parameter-required", operation: get, location: "query limit" },
  ],
  ['"maximum":100', '"maximum":50', { code: "maximum-tightened", operation: get, location: "query limit" }],
  ['"attempts":{', '"tries":{', { code: "property-removed", location: "response 202/attempts" }],
  [
    '"createdAt","updatedAt"',
    '"updatedAt"',
    { code: "property-optional", location: "response 202/createdAt" },
  ],
  [
    '"cancelled"',
    '"cancelled","paused"',
    { code: "value-added", location: "response 202/state", after: "paused" },
  ],
  [
    '"cancelled"',
    '"aborted"',
    { code: "value-rejected", operation: get, location: "query state", before: "cancelled" },
  ],
  [
    '"commit":{"type":"string"}',
    '"commit":{"type":"number"}',
    { code: "type-changed", operation: "GET /health", location: "response 200/commit" },
  ],
  [
    '"title":"echo"',
    '"title":"mirror"',
    { code: "alternative-removed", operation: post, location: "body echo" },
  ],
  [
    '"maxLength":10000',
    '"maxLength":5000',
    { code: "maxLength-tightened", operation: post, location: "body echo/payload/message" },
  ],
  [
    '"required":["message"]',
    '"required":["message","to"]',
    { code: "property-required", operation: post, location: "body echo/payload/to" },
  ],
  ['"Location"', '"Content-Location"', { code: "header-removed", location: "response 202 header Location" }],
])("%s → %s breaks clients", (from, to, change) => {
  expect(breakingChanges(openApiDocument(), changed(from, to))).toContainEqual(
    expect.objectContaining(change),
  );
});

test.each([
  ["nothing", '"openapi":"3.1.0"', '"openapi":"3.1.0"'],
  ["another summary", "Create a task", "Create one task"],
  ["a wider parameter", '"maximum":100', '"maximum":200'],
  [
    "a new property in a response",
    '"commit":{"type":"string"}',
    '"commit":{"type":"string"},"region":{"type":"string"}',
  ],
  ["a new operation", '"/health"', '"/alive":{"get":{"responses":{}}},"/health"'],
  ["a removed error response", '"415"', '"499"'],
  ["a new major version", '"/health"', '"/alive"', "2.0.0"],
])("%s does not break clients", (_what, from, to, version = "1.0.0") => {
  const after = changed(from, to);
  Object.assign(after as object, { info: { title: "Any", version } });
  expect(breakingChanges(openApiDocument(), after)).toEqual([]);
});
