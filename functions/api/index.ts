import { readFileSync } from "node:fs";
import { createAdapters } from "../shared/aws/adapters";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { createLambdaHandler } from "./lambda/create-lambda-handler";
import { createApp } from "./app";
import { apiEnvironment } from "./env";
import { readGatewayRequest } from "./lambda/gateway-request";

const environment = readEnvironment(apiEnvironment, process.env);
const { SERVICE_NAME: name, SERVICE_VERSION: version, COMMIT: commit } = environment;

/** Swagger UI's files in the Lambda layer; scripts/build/swagger-ui.ts writes them. */
const assetPaths = {
  "swagger-ui.css": () => require.resolve("swagger-ui-dist/swagger-ui.css.br"),
  "swagger-ui-bundle.js": () => require.resolve("swagger-ui-dist/swagger-ui-bundle.js.br"),
};

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  docsAssets: (name) => readFileSync(assetPaths[name]()),
  log: createLogger(environment),
  now: () => new Date(),
  gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event),
});

export const handler = createLambdaHandler(app);
