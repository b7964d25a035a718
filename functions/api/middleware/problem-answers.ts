import type { ErrorRequestHandler, Response } from "express";
import { asError } from "../../shared/as-error";
import type { Log } from "../../shared/logger";
import { internal, noSuchResource, Problem } from "../problems";
import { callerOf } from "./gateway-request";
import { sendJson } from "./send-json";

/** The problem to answer an error with. What we did not expect is logged whole, and told to nobody. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // Express's own, of a path whose %-escapes are no text.
  if (error instanceof URIError) return noSuchResource();
  return internal();
}

function answerProblem(response: Response, { status, title, detail, more }: Problem): void {
  const body = {
    type: more.type ?? "about:blank",
    title,
    status,
    detail,
    instance: callerOf(response).requestId,
    ...(more.errors && { errors: more.errors }),
  };
  sendJson(response, { status, headers: more.headers ?? {}, body }, "application/problem+json");
}

/** The last middleware: every error becomes a problem document. */
export const problemAnswers =
  (log: Log): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  (error: unknown, _request, response, _next) => {
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof Problem)) {
      log.error("unexpected error", { error: asError(error) });
    }
    answerProblem(response, problem);
  };
