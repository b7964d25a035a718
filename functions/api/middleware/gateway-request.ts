import type { RequestHandler, Response } from "express";
import type { Caller } from "../caller";

const header = "x-request-id";
const callers = new WeakMap<Response, Caller>();

/** Takes note of who asks, and names the request in its answer. */
export const noteCaller =
  (current: () => Caller): RequestHandler =>
  (_request, response, next) => {
    const caller = current();
    callers.set(response, caller);
    response.setHeader(header, caller.requestId);
    next();
  };

/** Who asked for an answer. */
export function callerOf(response: Response): Caller {
  const caller = callers.get(response);
  if (caller === undefined) throw new Error("noteCaller is not in front of this handler");
  return caller;
}
