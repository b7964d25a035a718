import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import { apiPermissions } from "@serverless-tasks/functions/api/permissions";
import type { Construct } from "constructs";
import { dataPermissions } from "../lambda/data-permissions";
import { commonVariables, logLevels, type FunctionContext } from "../lambda/function-settings";
import { commit } from "../release";
import { ServiceFunction } from "../lambda/service-function";

/** The Express API. */
export function apiFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const { config, nameOf, core, infra, layerArn } = context;
  const { memory_mb, timeout_seconds, reserved_concurrency } = config.app.api;
  const environment: ApiEnvironment = { ...commonVariables("api", context), COMMIT: commit() };
  return new ServiceFunction(scope, "api", {
    name: nameOf("api"),
    artifact: "api.zip",
    description: "Serves the HTTP API",
    layerArn,
    environment,
    memoryMb: memory_mb,
    logLevels: logLevels(context),
    timeoutSeconds: timeout_seconds,
    reservedConcurrency: reserved_concurrency,
    core,
    permissions: dataPermissions(apiPermissions, infra),
  });
}
