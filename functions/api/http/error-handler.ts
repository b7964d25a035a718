import type { ErrorRequestHandler, Response } from "express";
import { asError } from "../../shared/runtime/as-error";
import { problemTypes, problemTypeUri, type ProblemType } from "./problem-types";
import { Problem } from "./problems";
import { callerOf, logOf } from "./attach-gateway-request";
import { sendJson } from "./send-json";

/** The problem for an error. Details of unexpected errors are logged, and not sent. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // Express throws it for a path with invalid percent-encoding.
  if (error instanceof URIError) return new Problem("resource-not-found");
  return new Problem("internal-error");
}

function sendProblem(response: Response, { code, message, occurrence }: Problem): void {
  const { status, title, retryAfterSeconds }: ProblemType = problemTypes[code];
  const body = {
    type: problemTypeUri(code),
    title,
    status,
    detail: message,
    instance: callerOf(response).requestId,
    errors: occurrence.errors,
  };
  const headers = {
    ...occurrence.headers,
    ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
  };
  sendJson(response, { status, headers, body }, "application/problem+json");
}

/** The last middleware: every error becomes a problem document. */
export const errorHandler: ErrorRequestHandler =
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line no-unused-vars
  (error: unknown, _request, response, _next) => {
    const problem = problemOf(error);
    if (problem.code === "internal-error" && problem !== error)
      logOf(response).error("unexpected error", { error: asError(error) });
    sendProblem(response, problem);
  };
