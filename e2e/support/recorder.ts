import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { forward } from "./forward";

/** A call to a service, as it went over the wire, and how it was answered. */
export interface RecordedCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

/** Stands between a program and the emulator, and takes note of every call. */
export class Recorder {
  private recorded: RecordedCall[] = [];
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly endpoint: () => string) {}

  /** @param endpoint of the emulator, which may be started again elsewhere */
  static async open(endpoint: () => string): Promise<{ recorder: Recorder; address: string }> {
    const recorder = new Recorder(endpoint);
    return { recorder, address: `http://127.0.0.1:${await listenOnLoopback(recorder.server)}` };
  }

  /** The calls since it was asked last. */
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
    const answer = await forward(this.endpoint(), request, body);
    const { method = "", url = "", headers } = request;
    this.recorded.push({
      method,
      path: url,
      headers,
      body: body.toString("base64"),
      status: answer.status,
      answer: answer.body.toString("utf8"),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}
