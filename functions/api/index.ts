import { getCurrentInvoke } from "@codegenie/serverless-express";
import { createAdapters } from "../shared/adapters";
import { readEnvironment } from "../shared/environment";
import { createLogger } from "../shared/logger";
import { answerEvents } from "./answer-events";
import { createApp } from "./app";
import { layerAssets } from "./docs/layer-assets";
import { apiEnvironment } from "./env";
import { readGatewayRequest } from "./gateway-request";

const environment = readEnvironment(apiEnvironment, process.env);
const { SERVICE_NAME: name, SERVICE_VERSION: version, COMMIT: commit } = environment;

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  docsAssets: layerAssets,
  log: createLogger(environment),
  now: () => new Date(),
  gatewayRequest: () => readGatewayRequest(getCurrentInvoke()),
});

export const handler = answerEvents(app);
