import { routes } from "@serverless-tasks/functions/api/routes";
import { loadEnvironment, type EnvironmentConfig } from "../shared/load-config";
import { synthesize, type Attributes } from "../testing/synthesize";
import { routeKey } from "./api-routes";

const jwt = { issuer: "https://login.example.com", audience: ["tasks"] };
const authorizations = {
  none: { authorization: "none" },
  iam: { authorization: "iam" },
  jwt: { authorization: "jwt", jwt },
} as const satisfies Record<string, Partial<EnvironmentConfig["app"]>>;

async function synthesized(authorization: keyof typeof authorizations) {
  const dev = await loadEnvironment("dev");
  return synthesize({ ...dev, app: { ...dev.app, ...authorizations[authorization] } }).app;
}

const routeOf = (found: readonly Attributes[], key: string) =>
  found.find(({ route_key }) => route_key === key);

test.each(["none", "iam", "jwt"] as const)(
  "with %s there is one route for each operation of the API, and one for all else",
  async (authorization) => {
    const keys = (await synthesized(authorization))
      .all("aws_apigatewayv2_route")
      .map((route) => route.route_key);
    expect(keys.sort()).toEqual([...routes.map(routeKey), "$default"].sort());
  },
);

test.each([
  ["none", "NONE"],
  ["iam", "AWS_IAM"],
  ["jwt", "JWT"],
] as const)("with %s every route but the health check is authorized by %s", async (authorization, type) => {
  const found = (await synthesized(authorization)).all("aws_apigatewayv2_route");
  for (const { route_key, authorization_type } of found) {
    expect([route_key, authorization_type]).toEqual([route_key, route_key === "GET /health" ? "NONE" : type]);
  }
});

test("tokens are asked for the scope that the API's document asks for", async () => {
  const app = await synthesized("jwt");
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
