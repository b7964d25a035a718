import { createHash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { asError } from "../../shared/runtime/as-error";
import type { Metrics } from "../../shared/runtime/metrics";
import type { RateLimiter } from "../../shared/runtime/rate-limit";
import { messageGroupOf } from "../services/principal";
import { callerOf, logOf } from "./attach-gateway-request";
import { viewerAddressOf } from "./origin-guard";
import { Problem } from "./problems";

/** The health check of load balancers and releases is not limited. */
const unlimited = "/health";

/**
 * Refuses requests of a caller above its rate. A cache that does not respond refuses none: it protects the service from
 * callers, and must not take it down.
 */
export const rateLimit =
  (limiter: RateLimiter, metrics: Metrics): RequestHandler =>
  async (request, response, next) => {
    if (request.path === unlimited) {
      next();
      return;
    }
    const verdict = await limiter.take(keyOf(request, response)).catch((error: unknown) => {
      metrics.record({ RateLimitUnavailable: 1 });
      logOf(response).warn("the cache did not limit the request", { error: asError(error) });
      return { allowed: true } as const;
    });
    if (!verdict.allowed) {
      metrics.record({ RequestsLimited: 1 });
      throw new Problem("rate-limited", { headers: { "Retry-After": String(verdict.retryAfterSeconds) } });
    }
    next();
  };

/** The hash of an authorized caller, else of the client's address. The cache does not learn who calls. */
function keyOf(request: Request, response: Response): string {
  const group = messageGroupOf(callerOf(response).principal);
  const address = viewerAddressOf(response) ?? request.ip ?? "";
  return group ?? createHash("sha256").update(address).digest("base64url");
}
