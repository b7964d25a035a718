import type { RequestHandler } from "express";
import type { Log } from "../../shared/runtime/logger";
import { callerOf } from "./attach-gateway-request";

/** Logs one line for each request when its response ends. */
export const requestLog =
  (log: Log): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    response.on("finish", () => {
      log.info("request completed", {
        requestId: callerOf(response).requestId,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - started),
      });
    });
    next();
  };
