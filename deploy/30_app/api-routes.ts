import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import type { InfraOutputs } from "../20_infra/outputs";
import type { AppConfig } from "./config";
import type { ServiceFunction } from "./service-function";

const authorizationTypes = { none: "NONE", iam: "AWS_IAM" } as const;

/** Routes the HTTP API to the live API function, and lets the API invoke it. */
export function apiRoutes(
  scope: Construct,
  infra: InfraOutputs,
  api: ServiceFunction,
  authorization: AppConfig["authorization"],
): void {
  const integration = new Apigatewayv2Integration(scope, "api-integration", {
    apiId: infra.api_id,
    integrationType: "AWS_PROXY",
    integrationUri: api.live.invokeArn,
    payloadFormatVersion: "2.0",
  });
  const route = (id: string, routeKey: string, authorizationType: string) =>
    new Apigatewayv2Route(scope, id, {
      apiId: infra.api_id,
      routeKey,
      authorizationType,
      target: `integrations/${integration.id}`,
    });
  route("default-route", "$default", authorizationTypes[authorization]);
  // Load balancers and uptime checks hold no credentials.
  route("health-route", "GET /health", authorizationTypes.none);

  new LambdaPermission(scope, "api-permission", {
    statementId: "AllowHttpApi",
    action: "lambda:InvokeFunction",
    functionName: api.function.functionName,
    qualifier: api.live.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: `${infra.api_execution_arn}/*`,
  });
}
