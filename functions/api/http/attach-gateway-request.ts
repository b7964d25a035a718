import type { Request, RequestHandler, Response } from "express";
import type { Log } from "../../shared/runtime/logger";
import { traceIdOf } from "../../shared/runtime/trace";
import type { Caller } from "../services/caller";
import type { GatewayRequest } from "../lambda/gateway-request";

const header = "x-request-id";

interface Attached extends GatewayRequest {
  /** Its lines have the ids of the request and of its trace. */
  readonly log: Log;
}

interface Locals {
  attached?: Attached;
}
const localsOf = ({ locals }: Response): Locals => locals;

/** Keeps what the HTTP API states about a request in `response.locals`, and names the request in its response. */
export const attachGatewayRequest =
  (current: (request: Request, response: Response) => GatewayRequest, log: Log): RequestHandler =>
  (request, response, next) => {
    const found = current(request, response);
    const { requestId } = found.caller;
    localsOf(response).attached = {
      ...found,
      log: log.with({ requestId, traceId: traceIdOf(found.caller) }),
    };
    response.setHeader(header, requestId);
    next();
  };

export const callerOf = (response: Response): Caller => attachedTo(response).caller;
export const routeKeyOf = (response: Response): string => attachedTo(response).routeKey;
export const isDirect = (response: Response): boolean => attachedTo(response).isDirect;
export const logOf = (response: Response): Log => attachedTo(response).log;

function attachedTo(response: Response): Attached {
  const { attached } = localsOf(response);
  if (attached === undefined) throw new Error("attachGatewayRequest must run before this handler");
  return attached;
}
