import { request as send, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

export interface Forwarded {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Hands a request on as it came, its signature and host with it. */
export function forward(
  endpoint: string,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
): Promise<Forwarded> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const onward = send({ hostname, port, method, path, headers }, (answer) => {
      buffer(answer).then((bytes) => {
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes });
      }, reject);
    });
    onward.on("error", reject).end(body);
  });
}
