import type { RequestHandler } from "express";
import type { Route, RouteContext } from "../routes/route";
import { callerOf } from "./caller";
import { sendJson } from "./send-json";

/** Answers requests as a route says. */
export const serveRoute =
  ({ respond }: Route, context: RouteContext): RequestHandler =>
  async ({ params, query, headers, body }, response) => {
    const request = { path: params, query, headers, body: body as unknown, caller: callerOf(response) };
    sendJson(response, await respond(request, context));
  };
