import { request as send, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

export interface ForwardedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Forwards a request unchanged, with its signature and its Host header. */
export function forward(
  endpoint: string,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
): Promise<ForwardedResponse> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const forwarded = send({ hostname, port, method, path, headers }, (response) => {
      buffer(response).then((bytes) => {
        resolve({ status: response.statusCode ?? 502, headers: response.headers, body: bytes });
      }, reject);
    });
    forwarded.on("error", reject).end(body);
  });
}
