import type { RequestHandler, Response } from "express";
import { hasBody } from "../routes/define-route";
import type { Route, RouteContext } from "../routes/route";
import { routeKey } from "../routes/route-key";
import { exactRouter, expressPath } from "./exact-router";
import { callerOf, routeKeyOf } from "./attach-gateway-request";
import { jsonBody } from "./json-body";
import { onFirstRequest } from "./on-first-request";
import { sendJson } from "./send-json";

/**
 * Passes a request to the handler of the route that the HTTP API selected, and to no other: the request has passed the
 * authorization of that route only.
 */
export const byRouteKey =
  (handlers: ReadonlyMap<string, RequestHandler>): RequestHandler =>
  (request, response, next) => {
    const handler = handlers.get(routeKeyOf(response));
    if (handler === undefined) next();
    else handler(request, response, next);
  };

/** What a route uses for the request of a response. */
type ContextOf = (response: Response) => RouteContext;

/** The handlers of operations, by route key. Each matches method and path as well, so that it serves one spelling. */
export const operationHandlers = (
  routes: readonly Route[],
  contextOf: ContextOf,
): readonly (readonly [string, RequestHandler])[] =>
  routes.map((route) => {
    const method = route.method.toUpperCase();
    const body = hasBody(route) ? [jsonBody] : [];
    const serve = onFirstRequest(() =>
      exactRouter()[route.method](expressPath(route.path), ...body, respond(route, contextOf)),
    );
    // Express routes HEAD to handlers of GET, and methods in any case.
    const handler: RequestHandler = (request, response, next) => {
      if (request.method === method) return serve(request, response, next);
      next();
    };
    return [routeKey(route), handler];
  });

const respond =
  (route: Route, contextOf: ContextOf): RequestHandler =>
  async ({ params, query, headers, body }, response) => {
    const request = { path: params, query, headers, body: body as unknown, caller: callerOf(response) };
    sendJson(response, await route.respond(request, contextOf(response)));
  };
