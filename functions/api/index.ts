import serverlessExpress, { getCurrentInvoke } from "@codegenie/serverless-express";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import * as z from "zod";
import { createAdapters } from "../shared/adapters";
import { readEnvironment } from "../shared/environment";
import { createLogger } from "../shared/logger";
import { createApp } from "./app";
import { apiEnvironment } from "./env";

const environment = readEnvironment(apiEnvironment, process.env);
const { SERVICE_NAME: name, SERVICE_VERSION: version, COMMIT: commit } = environment;

/** The HTTP API's id of a request, which its access log names too. */
const invoke = z.object({ event: z.object({ requestContext: z.object({ requestId: z.string() }) }) });

const app = createApp({
  ...createAdapters(environment),
  service: { name, version, commit },
  log: createLogger(environment),
  now: () => new Date(),
  currentRequestId: () => invoke.parse(getCurrentInvoke()).event.requestContext.requestId,
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
