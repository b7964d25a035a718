import type { RequestHandler, Response } from "express";

const header = "x-request-id";

/** Names the request in its answer; problems and logs name it too. */
export const requestId =
  (current: () => string): RequestHandler =>
  (_request, response, next) => {
    response.set(header, current());
    next();
  };

/** The id of the request that is being answered. */
export const requestIdOf = (response: Response): string => response.get(header) ?? "";
