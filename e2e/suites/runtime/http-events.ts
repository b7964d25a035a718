import { matchRouteKey } from "@serverless-tasks/functions/api/testing/match-route-key";

const json = { "content-type": "application/json" };

/** An event of the HTTP API, in payload format 2.0. */
export function httpEvent(
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Readonly<Record<string, string>> = json,
) {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  return {
    version: "2.0",
    rawPath,
    rawQueryString,
    headers,
    body: body?.toString(Buffer.isBuffer(body) ? "base64" : "utf8"),
    isBase64Encoded: Buffer.isBuffer(body),
    requestContext: {
      http: { method, path: rawPath, sourceIp: "192.0.2.1" },
      requestId: "request-1",
      routeKey: matchRouteKey(method, rawPath),
    },
  };
}

export const newEcho = { type: "echo", payload: { message: "h\u00e4" } };

/** An event that creates a task. */
export const postEcho = (headers: Readonly<Record<string, string>> = {}) =>
  httpEvent("POST", "/tasks", JSON.stringify(newEcho), { ...json, ...headers });
