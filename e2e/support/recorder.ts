import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { forward } from "../../packages/fault-proxy/src/forward";

/** An HTTP request to AWS, and its response. */
export interface RecordedCall {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** In base 64. */
  readonly body: string;
  readonly status: number;
  readonly responseBody: string;
}

/** Proxy between a program and the emulator that records every request. */
export class Recorder {
  private recorded: RecordedCall[] = [];
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly endpoint: () => string) {}

  /** @param endpoint returns that of the emulator, which may change when it is restarted */
  static async open(endpoint: () => string): Promise<{ recorder: Recorder; address: string }> {
    const recorder = new Recorder(endpoint);
    return { recorder, address: `http://127.0.0.1:${await listenOnLoopback(recorder.server)}` };
  }

  /** Returns the calls since the last `take`. */
  take(): RecordedCall[] {
    const calls = this.recorded;
    this.recorded = [];
    return calls;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const forwarded = await forward(this.endpoint(), request, body);
    const { method = "", url = "", headers } = request;
    this.recorded.push({
      method,
      path: url,
      headers,
      body: body.toString("base64"),
      status: forwarded.status,
      responseBody: forwarded.body.toString("utf8"),
    });
    response.writeHead(forwarded.status, forwarded.headers).end(forwarded.body);
  }
}
