import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { routes } from "@serverless-tasks/functions/api/routes";
import {
  defaultRouteKey,
  preflightRouteKeys,
  routeKey,
} from "@serverless-tasks/functions/api/routes/route-key";
import type { Construct } from "constructs";
import type { InfraOutputs } from "../20_infra/outputs";
import type { Naming } from "../shared/naming";
import { suppressCheck } from "../shared/suppression";
import type { AppConfig } from "../config/schemas/app";
import type { ServiceFunction } from "./lambda/service-function";

export interface ApiRoutesProps {
  readonly nameOf: Naming;
  readonly infra: InfraOutputs;
  readonly api: ServiceFunction;
  readonly config: AppConfig;
  /** Whether browsers may call the API from other origins. */
  readonly hasCors: boolean;
}

/** The authorization arguments of a route. */
interface RouteAuthorization {
  readonly authorizationType: "NONE" | "AWS_IAM" | "JWT";
  readonly authorizerId?: string;
  readonly authorizationScopes?: string[];
}

/** Routes each operation to the alias `live` of the API function, with the authorization of tfvars, and allows the API to invoke it. */
export function apiRoutes(scope: Construct, props: ApiRoutesProps): void {
  const { infra, api, config, hasCors } = props;
  const integration = new Apigatewayv2Integration(scope, "api-integration", {
    apiId: infra.api_id,
    integrationType: "AWS_PROXY",
    integrationUri: api.live.invokeArn,
    payloadFormatVersion: "2.0",
  });
  const authorize = authorization(scope, props);
  const route = (id: string, routeKey: string, authorization: RouteAuthorization) =>
    new Apigatewayv2Route(scope, `route-${id}`, {
      apiId: infra.api_id,
      routeKey,
      target: `integrations/${integration.id}`,
      ...authorization,
    });
  for (const operation of routes) {
    // The health check has no scope: load balancers and uptime checks have no credentials.
    const required = operation.scope === undefined ? open : authorize(operation.scope);
    const resource = route(operation.operationId, routeKey(operation), required);
    if (operation.scope === undefined) suppressCheck(resource, "CKV_AWS_309", "public health check");
  }
  // The documentation, and the responses 404 and 405 to everything else.
  route("default", defaultRouteKey, authorize());
  // Browsers send no credentials with preflight requests, so the authorizer of $default would reject them.
  if (hasCors && config.authorization !== "none")
    preflightRouteKeys.forEach((key, index) => {
      suppressCheck(
        route(`preflight-${index}`, key, open),
        "CKV_AWS_309",
        "responds to preflight requests, which have no credentials",
      );
    });

  new LambdaPermission(scope, "api-permission", {
    statementId: "AllowHttpApi",
    action: "lambda:InvokeFunction",
    functionName: api.function.functionName,
    qualifier: api.live.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: `${infra.api_execution_arn}/*`,
  });
}

const open: RouteAuthorization = { authorizationType: "NONE" };

/** The authorization of a route with a scope. Only tokens have scopes; with IAM, policies allow or deny the call of a route. */
function authorization(
  scope: Construct,
  { nameOf, infra, config }: ApiRoutesProps,
): (scopeName?: string) => RouteAuthorization {
  if (config.authorization === "none") return () => open;
  if (config.authorization === "iam") return () => ({ authorizationType: "AWS_IAM" });
  const { issuer, audience = [] } = config.jwt ?? {};
  const authorizer = new Apigatewayv2Authorizer(scope, "jwt-authorizer", {
    apiId: infra.api_id,
    name: nameOf("jwt"),
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer, audience: [...audience] },
  });
  return (scopeName) => ({
    authorizationType: "JWT",
    authorizerId: authorizer.id,
    ...(scopeName !== undefined && { authorizationScopes: [scopeName] }),
  });
}
