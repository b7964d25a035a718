import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { docsPages, type DocsAssets } from "./docs/docs-pages";
import type { GatewayRequest } from "./lambda/gateway-request";
import { attachGatewayRequest } from "./http/attach-gateway-request";
import { errorHandler } from "./http/error-handler";
import { notFoundHandler } from "./http/not-found-handler";
import { requestLog } from "./http/request-log";
import { securityHeaders } from "./http/security-headers";
import { byRouteKey, operationHandlers } from "./http/route-handlers";
import { parseQuery } from "./http/query";
import { routes } from "./routes";
import type { RouteContext } from "./routes/route";
import { defaultRouteKey, preflightRouteKeys } from "./routes/route-key";
import { TaskService, type TaskServiceDependencies } from "./services/task-service";

export interface AppDependencies extends TaskServiceDependencies {
  readonly service: RouteContext["service"];
  readonly docsAssets: DocsAssets;
  /** What the HTTP API states about a request. */
  readonly gatewayRequest: (request: Request, response: Response) => GatewayRequest;
}

/** The API as an Express application, independent of Lambda and AWS. */
export function createApp(dependencies: AppDependencies): Express {
  const { service, log, gatewayRequest, docsAssets } = dependencies;
  const context: RouteContext = { service, tasks: new TaskService(dependencies) };

  const app = express().disable("x-powered-by").disable("etag");
  app.set("query parser", parseQuery);
  app.use(attachGatewayRequest(gatewayRequest), requestLog(log), securityHeaders(denyAllContent));
  const handlers = new Map<string, RequestHandler>([
    ...operationHandlers(routes, context),
    [defaultRouteKey, docsPages(docsAssets)],
    ...preflightRouteKeys.map((key) => [key, preflight] as const),
  ]);
  app.use(byRouteKey(handlers), notFoundHandler(routes));
  return app.use(errorHandler(log));
}

/** The HTTP API adds the CORS headers. Browsers require a status of success. */
const preflight: RequestHandler = (_request, response) => void response.status(204).end();

/** Responses are JSON. Forbid browsers to render or frame them. */
const denyAllContent = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
};
