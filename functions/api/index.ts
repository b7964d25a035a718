import { createAdapters } from "../shared/aws/adapters";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { createLambdaHandler } from "./lambda/create-lambda-handler";
import { createApp } from "./app";
import { layerAssets } from "./docs/layer-assets";
import { apiEnvironment } from "./env";
import { readGatewayRequest } from "./lambda/gateway-request";

const environment = readEnvironment(apiEnvironment, process.env);
const { SERVICE_NAME: name, SERVICE_VERSION: version, COMMIT: commit } = environment;

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  docsAssets: layerAssets,
  log: createLogger(environment),
  now: () => new Date(),
  gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event),
});

export const handler = createLambdaHandler(app);
