import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import express, { type Express } from "express";
import { CapturedResponse } from "./captured-response";
import { requestOf, resultOf } from "./http-api-event";

/**
 * Serves events of the HTTP API by an Express application, which has each event as `response.locals.event`.
 * @returns a handler; it rejects when a response fails before its end, and the HTTP API then responds with a 500
 */
export function createLambdaHandler(app: Express) {
  // Express gives responses the prototype app.response, which would be a ServerResponse.
  Object.setPrototypeOf(
    app.response,
    Object.create(CapturedResponse.prototype, Object.getOwnPropertyDescriptors(express.response)) as object,
  );
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = requestOf(event);
    const response = new CapturedResponse(request);
    Object.assign(response, { locals: { event } });
    app(request, response);
    await response.ended;
    return resultOf(response);
  };
}
