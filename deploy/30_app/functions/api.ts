import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import type { Construct } from "constructs";
import { publicUrl } from "../../20_infra/public-url";
import { commonVariables, serviceFunction, type FunctionContext } from "../lambda/function-settings";
import { valkeyLayer } from "../lambda/shared-layer";
import type { ServiceFunction } from "../lambda/service-function";
import { commit } from "../release";

/** The Express API. */
export function apiFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const { edge, cache } = context.config.infra;
  // While the edge is turned on or off, requests arrive with and without it.
  const secretArn = edge?.closed_origin === true ? context.infra.origin_secret_arn : undefined;
  const environment: ApiEnvironment = {
    ...commonVariables("api", context),
    COMMIT: commit(),
    AUTHORIZATION: context.config.app.authorization,
    PUBLIC_URL: publicUrl(context.config.infra),
    ORIGIN_SECRET_ARN: secretArn,
    ORIGIN_SECRET_MAX_AGE_SECONDS: secretArn && String(edge?.secret_max_age_seconds),
    CACHE_URL: context.infra.cache_url,
    RATE_LIMIT_PER_MINUTE: cache?.rate_limit_per_minute.toString(),
    RATE_LIMIT_BURST: cache?.rate_limit_burst.toString(),
  };
  return serviceFunction(scope, "api", context, {
    environment,
    layerArns: cache && [valkeyLayer(scope, context.nameOf).arn],
    invocation: "synchronous",
    timeoutSeconds: context.config.app.api.timeout_seconds,
    ...(secretArn !== undefined && {
      permissions: [
        {
          Sid: "ReadOriginSecret",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: secretArn,
        },
      ],
    }),
  });
}
