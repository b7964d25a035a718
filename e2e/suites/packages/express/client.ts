import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface ClientRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

export interface ClientResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Serves an application on loopback, and sends it requests one after another; a GET of / if there are none. */
export async function sendRequests(
  app: RequestListener,
  ...requests: readonly ClientRequest[]
): Promise<ClientResponse[]> {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const responses: ClientResponse[] = [];
    for (const request of requests.length === 0 ? [{}] : requests)
      responses.push(await fetchFrom(port, request));
    return responses;
  } finally {
    server.close();
  }
}

/** Headers of the connection, not of the application. */
const ignoredHeaders = new Set(["date", "connection", "keep-alive"]);

/** Sends a request to a port on loopback, with a fixed Host header unless it has its own. */
export async function fetchFrom(
  port: number,
  { method, path = "/", headers, body }: ClientRequest,
): Promise<ClientResponse> {
  const request = httpRequest({
    port,
    host: "127.0.0.1",
    agent: false,
    method: method ?? (body === undefined ? "GET" : "POST"),
    path,
    headers: { Host: "tobi.ferrets.example.com:3000", ...headers },
  }).end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).filter(([name]) => !ignoredHeaders.has(name)),
    ),
    body: await text(response),
  };
}

export const paths = (...all: readonly string[]): ClientRequest[] => all.map((path) => ({ path }));
export const headers = (headers: ClientRequest["headers"], path = "/"): ClientRequest => ({ path, headers });
