import type { ServerResponse } from "node:http";

type Body = string | Uint8Array;
const bodies = new WeakMap<ServerResponse, Body>();

/** The body of an answer that has ended without being written; undefined when it was written. */
export const unwrittenBody = (response: ServerResponse): Body | undefined => bodies.get(response);

/**
 * Has an answer that is given whole end without being written. There is no socket: Node would make bytes of the head,
 * for serverless-express to look for the body behind them. What is given in parts is written as ever.
 */
export function endUnwritten(response: ServerResponse): void {
  const endWritten = response.end.bind(response);
  Object.assign(response, {
    end(...given: unknown[]): ServerResponse {
      const body = wholeBody(given);
      if (body === undefined || response.headersSent) {
        Reflect.apply(endWritten, undefined, given);
        return response;
      }
      bodies.set(response, hasBody(response) ? body : "");
      // As Node leaves it: whoever sets a header now is told that it is too late.
      Object.assign(response, { finished: true, _header: "unwritten" });
      response.emit("finish");
      return response;
    },
  });
}

/** What `end` is given, unless that is more than a body in UTF-8 or bytes. */
function wholeBody([chunk = "", encoding = "utf8", then]: unknown[]): Body | undefined {
  if (encoding !== "utf8" || then !== undefined) return undefined;
  return typeof chunk === "string" || chunk instanceof Uint8Array ? chunk : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1 */
const hasBody = ({ req, statusCode }: ServerResponse) =>
  req.method !== "HEAD" && statusCode >= 200 && statusCode !== 204 && statusCode !== 304;
