import type { Response } from "express";
import type { RawAnswer } from "../routes/route";

type JsonType = "application/json" | "application/problem+json";

/**
 * As Express's `status`, `set` and `json`, which find out anew each time what is known here: names and types are right,
 * there is no tag to make and nothing to compare it with.
 */
export function sendJson(
  response: Response,
  { status, headers, body }: RawAnswer,
  type: JsonType = "application/json",
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) {
    response.end();
    return;
  }
  const text = JSON.stringify(body);
  response.setHeader("Content-Type", `${type}; charset=utf-8`);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
}
