import { ServerResponse } from "node:http";

type Body = string | Uint8Array;
const bodies = new WeakMap<ServerResponse, Body>();

/** The body of an answer that has ended without being written; undefined when it was written. */
export const unwrittenBody = (response: ServerResponse): Body | undefined => bodies.get(response);

/**
 * Has an answer that is given whole end without being written. There is no socket: Node would make bytes of the head,
 * for serverless-express to look for the body behind them. Any other is written as ever.
 * @returns waits until it has ended, or throws what it fails with before that
 */
export function endUnwritten(response: ServerResponse): () => Promise<void> | undefined {
  let ended: (() => void) | undefined;
  Object.assign(response, {
    end(chunk: unknown = "", encoding: unknown = "utf8", then?: unknown): ServerResponse {
      try {
        if (isWhole(chunk, encoding, then) && isUsual(response)) end(response, chunk);
        else Reflect.apply(ServerResponse.prototype.end.bind(response), undefined, [chunk, encoding, then]);
      } finally {
        ended?.();
      }
      return response;
    },
  });
  return () =>
    response.writableEnded
      ? undefined
      : new Promise((resolve, reject) => {
          ended = resolve;
          response.on("error", reject);
        });
}

function end(response: ServerResponse, body: Body): void {
  bodies.set(response, hasBody(response) ? body : "");
  // As Node leaves it: whoever sets a header now is told that it is too late.
  Object.assign(response, { finished: true, _header: "unwritten" });
  response.emit("finish");
}

/** Whether `end` is given a body in UTF-8 or bytes, and nothing beside it. */
const isWhole = (chunk: unknown, encoding: unknown, then: unknown): chunk is Body =>
  encoding === "utf8" && then === undefined && (typeof chunk === "string" || chunk instanceof Uint8Array);

/** Whether nobody waits for the head to be written, as sessions do, and Node would find nothing wrong with it. */
const isUsual = (response: ServerResponse): boolean =>
  !response.headersSent &&
  !Object.hasOwn(response, "writeHead") &&
  !Object.hasOwn(response, "statusMessage") &&
  Number.isInteger(response.statusCode) &&
  response.statusCode >= 100 &&
  response.statusCode <= 999;

/** https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1 */
const hasBody = ({ req, statusCode }: ServerResponse) =>
  req.method !== "HEAD" && statusCode >= 200 && statusCode !== 204 && statusCode !== 304;
