import { readGatewayRequest } from "./gateway-request";

const read = (requestContext: object) => readGatewayRequest({ requestContext });

test("a request has the id and the route that the HTTP API gave it", () => {
  expect(read({ apiId: "a1b2c3", requestId: "1", routeKey: "GET /tasks/{id}" })).toEqual({
    caller: { requestId: "1", principal: '["none"]' },
    routeKey: "GET /tasks/{id}",
    isDirect: false,
  });
});

test("a request has the client's trace, and that of the invocation", () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const invocation = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
  const ofClient = readGatewayRequest({ requestContext: {}, headers: { traceparent } }, invocation);
  expect(ofClient.caller).toMatchObject({ traceparent, xrayTrace: invocation });
  const headers = { traceparent: ["00"], "x-amzn-trace-id": 7 };
  const malformed = readGatewayRequest({ requestContext: {}, headers }, invocation);
  expect(malformed.caller.traceparent).toContain("5759e988bd862e3fe1be46a994272793");
});

test.each([
  ["none", {}],
  ["one that is no string", { routeKey: null }],
])("a request with %s for a route is one of $default", (_what, context) => {
  expect(read(context)).toMatchObject({ caller: { requestId: "unnamed" }, routeKey: "$default" });
});

const cognitoIdentity = { amr: ["unauthenticated"], identityId: "eu-central-1:3f2a", identityPoolId: "pool" };
const ofPool = "arn:aws:sts::111111111111:assumed-role/Pool/CognitoIdentityCredentials";

test.each([
  ["IAM", { iam: { userArn: "arn:aws:iam::111111111111:user/a", cognitoIdentity: null } }, "user/a"],
  ["a Cognito identity", { iam: { userArn: ofPool, cognitoIdentity } }, "eu-central-1:3f2a"],
  ["a token", { jwt: { claims: { iss: "https://login.example.com", sub: "a" }, scopes: null } }, '"a"]'],
  ["an authorizer that is not known", { lambda: {} }, '["none"]'],
  ["nothing", undefined, '["none"]'],
])("the caller that %s identifies", (_by, authorizer, part) => {
  expect(read({ requestId: "1", authorizer }).caller.principal).toContain(part);
});

test("only an event without an API is a direct invocation", () => {
  expect(read({ routeKey: "GET /health" }).isDirect).toBe(true);
  expect(read({ apiId: "", routeKey: "GET /health" }).isDirect).toBe(false);
});
