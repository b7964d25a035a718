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

test.each([
  ["an operation that is gone", '"/health"', '"/alive"', "GET /health is gone"],
  ["a method that is gone", '"delete":', '"x-delete":', "DELETE /tasks/{id} is gone"],
  [
    "a parameter that is gone",
    '"name":"cursor"',
    '"name":"after"',
    "GET /tasks: parameter query cursor is gone",
  ],
  [
    "a parameter that is required",
    '"name":"limit"',
    '"name":"limit","required":true',
    "GET /tasks: parameter query limit is required",
  ],
  ["a narrower parameter", '"maximum":100', '"maximum":50', "GET /tasks: query limit: maximum is tighter"],
  ["a property that is gone from a response", '"attempts":{', '"tries":{', "/attempts is gone"],
  ["a property that may be missing", '"createdAt","updatedAt"', '"updatedAt"', "/createdAt may be missing"],
  ["a new value in a response", '"cancelled"', '"cancelled","paused"', "/state: paused may come"],
  ["a value that is no longer accepted", '"cancelled"', '"aborted"', "query state: cancelled is refused"],
  [
    "another type in a response",
    '"commit":{"type":"string"}',
    '"commit":{"type":"number"}',
    "/commit: type is another one",
  ],
  ["a task type that is gone", '"title":"echo"', '"title":"mirror"', "body echo is gone"],
  ["a tighter payload", '"maxLength":10000', '"maxLength":5000', "/payload/message: maxLength is tighter"],
  [
    "a payload with a new required property",
    '"required":["message"]',
    '"required":["message","to"]',
    "/payload/to is required",
  ],
  ["a header that is gone", '"Location"', '"Content-Location"', "header Location of response 202 is gone"],
])("%s breaks clients", (_what, from, to, change) => {
  expect(breakingChanges(openApiDocument(), changed(from, to)).join("\n")).toContain(change);
});

test.each([
  ["nothing", '"title":"Tasks"', '"title":"Tasks"'],
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
  Object.assign(after as object, { info: { title: "Tasks", version } });
  expect(breakingChanges(openApiDocument(), after)).toEqual([]);
});
