import type { RequestHandler } from "express";

/** A handler that is created at its first request: a cold start creates only the handlers of its own request. */
export function onFirstRequest(create: () => RequestHandler): RequestHandler {
  let handler: RequestHandler | undefined;
  return (request, response, next) => {
    handler ??= create();
    return handler(request, response, next);
  };
}
