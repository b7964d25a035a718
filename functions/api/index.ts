import serverlessExpress, { getCurrentInvoke } from "@codegenie/serverless-express";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import { createAdapters } from "../shared/adapters";
import { readEnvironment } from "../shared/environment";
import { createLogger } from "../shared/logger";
import { createApp } from "./app";
import { layerAssets } from "./docs/layer-assets";
import { apiEnvironment } from "./env";
import { callerOfInvoke } from "./invoke-caller";

const environment = readEnvironment(apiEnvironment, process.env);
const { SERVICE_NAME: name, SERVICE_VERSION: version, COMMIT: commit } = environment;

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  docsAssets: layerAssets,
  log: createLogger(environment),
  now: () => new Date(),
  currentCaller: () => callerOfInvoke(getCurrentInvoke()),
});

const answer = serverlessExpress<APIGatewayProxyEventV2, APIGatewayProxyResultV2>({
  app,
  eventSourceName: "AWS_API_GATEWAY_V2",
});

/** Two parameters, so that Lambda waits for the promise and not for a callback. */
export const handler = async (
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyResultV2> =>
  answer(event, context, () => undefined) as Promise<APIGatewayProxyResultV2>;
