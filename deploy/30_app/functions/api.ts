import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import { apiPermissions } from "@serverless-tasks/functions/api/permissions";
import type { Construct } from "constructs";
import { dataPermissions } from "../lambda/data-permissions";
import { commonSettings, commonVariables, type FunctionContext } from "../lambda/function-settings";
import { commit } from "../release";
import { ServiceFunction } from "../lambda/service-function";

/** The Express API. */
export function apiFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const environment: ApiEnvironment = { ...commonVariables("api", context), COMMIT: commit() };
  return new ServiceFunction(scope, "api", {
    ...commonSettings("api", context),
    description: "Serves the HTTP API",
    environment,
    timeoutSeconds: context.config.app.api.timeout_seconds,
    permissions: dataPermissions(apiPermissions, context.infra),
  });
}
