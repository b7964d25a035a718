import type { Request, RequestHandler, Response } from "express";
import type { Caller } from "../services/caller";
import type { GatewayRequest } from "../lambda/gateway-request";

const header = "x-request-id";

interface Locals {
  gatewayRequest?: GatewayRequest;
}
const localsOf = ({ locals }: Response): Locals => locals;

/** Keeps what the HTTP API states about a request in `response.locals`, and names the request in its response. */
export const attachGatewayRequest =
  (current: (request: Request, response: Response) => GatewayRequest): RequestHandler =>
  (request, response, next) => {
    const found = current(request, response);
    localsOf(response).gatewayRequest = found;
    response.setHeader(header, found.caller.requestId);
    next();
  };

export const callerOf = (response: Response): Caller => attached(response).caller;
export const routeKeyOf = (response: Response): string => attached(response).routeKey;

function attached(response: Response): GatewayRequest {
  const { gatewayRequest } = localsOf(response);
  if (gatewayRequest === undefined) throw new Error("attachGatewayRequest must run before this handler");
  return gatewayRequest;
}
