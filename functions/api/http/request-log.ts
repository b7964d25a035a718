import type { RequestHandler } from "express";
import { logOf, routeKeyOf } from "./attach-gateway-request";
import { viewerAddressOf } from "./origin-guard";

const taskIdInPath = /^\/tasks\/([0-7][0-9A-HJKMNP-TV-Z]{25})(?:\/|$)/;

/**
 * Logs one line for each request when its response ends. It has the route and not the path, which clients choose; the HTTP
 * API's access log has the path.
 */
export const requestLog: RequestHandler = (request, response, next) => {
  // Not `performance`: its first use loads ten modules of Node, and takes a part of a cold start.
  const started = Date.now();
  response.on("finish", () => {
    logOf(response).info("request completed", {
      route: routeKeyOf(response),
      taskId: taskIdInPath.exec(request.path)?.[1],
      // Without the edge, the access log of the API has it.
      ip: viewerAddressOf(response),
      status: response.statusCode,
      milliseconds: Date.now() - started,
    });
  });
  next();
};
