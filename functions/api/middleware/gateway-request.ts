import type { Request, RequestHandler, Response } from "express";
import type { Caller } from "../caller";
import type { GatewayRequest } from "../gateway-request";

const header = "x-request-id";
const requests = new WeakMap<Response, GatewayRequest>();

/** Attaches what the HTTP API states about a request to its response, and names the request in it. */
export const attachGatewayRequest =
  (current: (request: Request) => GatewayRequest): RequestHandler =>
  (request, response, next) => {
    const found = current(request);
    requests.set(response, found);
    response.setHeader(header, found.caller.requestId);
    next();
  };

export const callerOf = (response: Response): Caller => attached(response).caller;
export const routeKeyOf = (response: Response): string => attached(response).routeKey;

function attached(response: Response): GatewayRequest {
  const found = requests.get(response);
  if (found === undefined) throw new Error("attachGatewayRequest is not in front of this handler");
  return found;
}
