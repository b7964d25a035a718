import document from "@serverless-tasks/functions/api/openapi.json";
import { routes } from "@serverless-tasks/functions/api/routes";
import { preflightRouteKeys, routeKey } from "@serverless-tasks/functions/api/routes/route-key";
import * as z from "zod";
import { exampleEnvironment } from "../testing/environments";
import type { EnvironmentConfig } from "../config/environment-config";
import { synthesize, type Attributes } from "../testing/synthesize";
const jwt = { issuer: "https://login.example.com", audience: ["tasks"] };
const authorizations = {
  none: { authorization: "none", jwt: undefined },
  iam: { authorization: "iam", jwt: undefined },
  jwt: { authorization: "jwt", jwt },
} as const satisfies Record<string, Partial<EnvironmentConfig["app"]>>;

async function synthesized(
  authorization: keyof typeof authorizations,
  cors_allow_origins = ["https://app.example.com"],
) {
  const dev = await exampleEnvironment("dev");
  const infra = { ...dev.infra, http_api: { ...dev.infra.http_api, cors_allow_origins } };
  return synthesize({ ...dev, infra, app: { ...dev.app, ...authorizations[authorization] } });
}

const routeOf = (found: readonly Attributes[], key: string) =>
  found.find(({ route_key }) => route_key === key);

const routesOf = async (...settings: Parameters<typeof synthesized>) =>
  (await synthesized(...settings)).app.all("aws_apigatewayv2_route");
const withoutCors: string[] = [];

test.each([
  ["none", undefined, []],
  ["none", withoutCors, []],
  ["iam", undefined, preflightRouteKeys],
  ["iam", withoutCors, []],
  ["jwt", undefined, preflightRouteKeys],
  ["jwt", withoutCors, []],
] as const)(
  "with %s and origins %j there is a route for each operation, $default, and %j",
  async (authorization, origins, preflight) => {
    const keys = (await routesOf(authorization, origins && [...origins])).map((route) => route.route_key);
    expect(keys.sort()).toEqual([...routes.map(routeKey), "$default", ...preflight].sort());
  },
);

/** Operations without a scope, such as the health check; browsers send no credentials with preflight requests. */
const openRoutes = [
  ...routes.filter(({ scope }) => scope === undefined).map(routeKey),
  ...preflightRouteKeys,
];

test.each([
  ["none", "NONE"],
  ["iam", "AWS_IAM"],
  ["jwt", "JWT"],
] as const)("with %s every route except public ones is authorized by %s", async (authorization, type) => {
  const types = (await routesOf(authorization)).map((route) => [route.route_key, route.authorization_type]);
  expect(types.length).toBeGreaterThan(routes.length);
  expect(openRoutes).toContain("GET /health");
  expect(openRoutes.length).toBeLessThan(routes.length);
  for (const [key, found] of types)
    expect([key, found]).toEqual([key, openRoutes.includes(String(key)) ? "NONE" : type]);
});

test.each(["iam", "jwt"] as const)(
  "with %s no public route is of an operation with a scope",
  async (authorization) => {
    const scopes = new Map(routes.map((operation) => [routeKey(operation), operation.scope]));
    const open = (await routesOf(authorization)).filter((route) => route.authorization_type === "NONE");
    expect(open.map((route) => scopes.get(String(route.route_key)))).toEqual(open.map(() => undefined));
  },
);

test("HEAD requires the scope of its GET", () => {
  const gets = routes.filter(({ method }) => method === "get");
  expect(gets.length).toBeGreaterThan(0);
  for (const get of gets) {
    const head = routes.find(({ method, path }) => method === "head" && path === get.path);
    expect({ path: get.path, scope: head?.scope, exists: head !== undefined }).toEqual({
      path: get.path,
      scope: get.scope,
      exists: true,
    });
  }
});

/** The parts of the API's document that CORS depends on. */
const operations = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
        responses: z.record(z.string(), z.object({ headers: z.record(z.string(), z.unknown()).default({}) })),
      }),
    ),
  )
  .parse(document.paths);

test("CORS allows the headers of the API's document and of signed requests", async () => {
  const { cors_configuration } = (await synthesized("iam")).infra.one("aws_apigatewayv2_api");
  const cors = z
    .object({
      allow_methods: z.array(z.string()),
      allow_headers: z.array(z.string()),
      expose_headers: z.array(z.string()),
    })
    .parse(cors_configuration);
  const all = Object.values(operations).flatMap((methods) => Object.values(methods));
  const sent = all.flatMap(({ parameters }) => parameters.filter((one) => one.in === "header"));
  const read = all.flatMap(({ responses }) =>
    Object.values(responses).flatMap((one) => Object.keys(one.headers)),
  );
  expect(Math.min(sent.length, read.length)).toBeGreaterThan(0);
  expect(cors.allow_methods).toEqual(
    expect.arrayContaining(routes.map(({ method }) => method.toUpperCase())),
  );
  expect(cors.allow_headers).toEqual(
    expect.arrayContaining([
      ...["authorization", "content-type", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"],
      ...sent.map(({ name }) => name.toLowerCase()),
    ]),
  );
  // Scripts may read Cache-Control without being allowed to: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
  const exposed = read.map((name) => name.toLowerCase()).filter((name) => name !== "cache-control");
  expect(cors.expose_headers).toEqual(expect.arrayContaining(exposed));
});

test("routes require the scopes of the API's document", async () => {
  const { app } = await synthesized("jwt");
  expect(app.one("aws_apigatewayv2_authorizer")).toMatchObject({
    authorizer_type: "JWT",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: jwt,
  });
  const found = app.all("aws_apigatewayv2_route");
  for (const operation of routes) {
    const scopes = routeOf(found, routeKey(operation))?.authorization_scopes;
    expect(scopes).toEqual(operation.scope === undefined ? undefined : [operation.scope]);
  }
  expect(routeOf(found, "POST /tasks")?.authorization_scopes).toEqual(["tasks:write"]);
  expect(routeOf(found, "$default")).not.toHaveProperty("authorization_scopes");
});
