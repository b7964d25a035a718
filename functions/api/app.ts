import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { docsPages, type DocsAssets } from "./docs/docs-pages";
import type { RateLimiter } from "../shared/runtime/rate-limit";
import type { Authorization } from "./env";
import type { GatewayRequest } from "./lambda/gateway-request";
import { attachGatewayRequest, logOf } from "./http/attach-gateway-request";
import { errorHandler } from "./http/error-handler";
import { notFoundHandler } from "./http/not-found-handler";
import { onFirstRequest } from "./http/on-first-request";
import { originGuard, type ReadOriginSecrets } from "./http/origin-guard";
import { rateLimit } from "./http/rate-limit";
import { requestLog } from "./http/request-log";
import { securityHeaders } from "./http/security-headers";
import { byRouteKey, operationHandlers } from "./http/route-handlers";
import { parseQuery } from "./http/query";
import { routes } from "./routes";
import type { RouteContext } from "./routes/route";
import { defaultRouteKey, preflightRouteKeys } from "./routes/route-key";
import { TaskService, type TaskServiceDependencies } from "./services/task-service";

export interface AppDependencies extends TaskServiceDependencies, Omit<RouteContext, "tasks"> {
  readonly docsAssets: DocsAssets;
  readonly authorization: Authorization;
  /** The secrets of CloudFront; undefined where requests need not come through it. */
  readonly originSecrets?: ReadOriginSecrets | undefined;
  /** Limits the rate of each caller; undefined without a cache. */
  readonly rateLimiter?: RateLimiter | undefined;
  /** The URL of the API's domain name, if it has one. */
  readonly publicUrl?: string | undefined;
  /** What the HTTP API states about a request. */
  readonly gatewayRequest: (request: Request, response: Response) => GatewayRequest;
}

/** The API as an Express application, independent of Lambda and AWS. */
export function createApp(dependencies: AppDependencies): Express {
  const {
    service,
    resources,
    settings,
    log,
    gatewayRequest,
    docsAssets,
    authorization,
    publicUrl,
    originSecrets,
    rateLimiter,
    metrics,
  } = dependencies;
  const contextOf = (response: Response): RouteContext => ({
    ...{ service, resources, settings },
    // Not a getter: V8 creates a hidden class for each object that defines one, and a scavenge does not free it.
    tasks: new TaskService({ ...dependencies, log: logOf(response) }),
  });

  const app = express().disable("x-powered-by").disable("etag");
  app.set("query parser", parseQuery);
  app.use(attachGatewayRequest(gatewayRequest, log), requestLog, securityHeaders(denyAllContent));
  if (originSecrets !== undefined) app.use(originGuard(originSecrets));
  if (rateLimiter !== undefined) app.use(rateLimit(rateLimiter, metrics));
  const handlers = new Map<string, RequestHandler>([
    ...operationHandlers(routes, contextOf),
    [defaultRouteKey, onFirstRequest(() => docsPages(docsAssets, authorization, publicUrl))],
    ...preflightRouteKeys.map((key) => [key, preflight] as const),
  ]);
  app.use(
    byRouteKey(handlers),
    onFirstRequest(() => notFoundHandler(routes)),
  );
  return app.use(errorHandler);
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
