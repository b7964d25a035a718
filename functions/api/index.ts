import { readFileSync } from "node:fs";
import { readSettings } from "../settings";
import { createAdapters } from "../shared/aws/adapters";
import { secretsClient } from "../shared/aws/secrets/secrets-client";
import { secretVersions } from "../shared/aws/secrets/versions";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { createMetrics } from "../shared/runtime/metrics";
import { taskTypeNames } from "../worker/handlers";
import { lazyRateLimiter } from "../shared/valkey/lazy-rate-limiter";
import { createLambdaHandler } from "./lambda/create-lambda-handler";
import { createApp } from "./app";
import { apiEnvironment } from "./env";
import { readGatewayRequest } from "./lambda/gateway-request";
import { apiResources } from "./resources";

/** Swagger UI's files in the Lambda layer; scripts/build/swagger-ui.ts writes them. */
const assetPaths = {
  "swagger-ui.css": () => require.resolve("swagger-ui-dist/swagger-ui.css.br"),
  "swagger-ui-bundle.js": () => require.resolve("swagger-ui-dist/swagger-ui-bundle.js.br"),
};

const environment = readEnvironment(apiEnvironment, process.env);
const {
  SERVICE_NAME: name,
  SERVICE_VERSION: version,
  COMMIT: commit,
  AUTHORIZATION: authorization,
  PUBLIC_URL: publicUrl,
  ORIGIN_SECRET_ARN: originSecretArn,
  ORIGIN_SECRET_MAX_AGE_SECONDS: maxAgeSeconds = 60,
  CACHE_URL: cacheUrl,
  RATE_LIMIT_PER_MINUTE: perMinute = 60,
  RATE_LIMIT_BURST: burst = perMinute,
} = environment;

const log = createLogger(environment);

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  authorization,
  publicUrl,
  originSecrets:
    originSecretArn === undefined
      ? undefined
      : secretVersions(secretsClient, { arn: originSecretArn, maxAgeSeconds }, log),
  rateLimiter: cacheUrl === undefined ? undefined : lazyRateLimiter(cacheUrl, { perMinute, burst }),
  resources: apiResources,
  settings: readSettings(process.env),
  docsAssets: (name) => readFileSync(assetPaths[name]()),
  log,
  metrics: createMetrics(environment, taskTypeNames),
  now: () => new Date(),
  gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event, process.env._X_AMZN_TRACE_ID),
});

export const handler = createLambdaHandler(app);
