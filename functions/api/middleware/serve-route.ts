import type { RequestHandler } from "express";
import type { Route, RouteContext } from "../routes/route";
import { callerOf } from "./caller";

/** Answers requests as a route says. */
export const serveRoute =
  ({ respond }: Route, context: RouteContext): RequestHandler =>
  async ({ params, query, headers, body }, response) => {
    const request = { path: params, query, headers, body: body as unknown, caller: callerOf(response) };
    const answer = await respond(request, context);
    response.status(answer.status).set(answer.headers);
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
  };
