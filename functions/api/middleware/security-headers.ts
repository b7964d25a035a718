import type { RequestHandler } from "express";
import helmet, { type HelmetOptions } from "helmet";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

/** Helmet's headers, which are the same for every answer: asked for once, not by a dozen handlers each time. */
export function securityHeaders(options: HelmetOptions): RequestHandler {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(answer.req, answer, () => undefined);
  const headers = Object.entries(answer.getHeaders());
  return (_request, response, next) => {
    for (const [name, value] of headers) if (value !== undefined) response.setHeader(name, value);
    next();
  };
}
