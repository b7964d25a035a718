import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Duplex } from "node:stream";
import * as z from "zod";
import { listenOnLoopback } from "../../aws-stub/src/loopback";

/** An event, and the headers of its invocation. */
export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly traceId?: string | undefined;
  readonly functionArn: string;
}

const functionError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});
/** An error as Lambda returns it to the caller. */
export type FunctionError = z.output<typeof functionError>;

/** The function's response, or the error of its initialization or invocation. */
export type Report =
  | { readonly response: unknown }
  | { readonly error: FunctionError; readonly phase: "init" | "invocation" };

/**
 * Lambda's side of the Runtime API, for one process of a function:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  /** What the client has posted for the latest event, or for its initialization. */
  report: Report | undefined;

  private readonly events = new EventEmitter();
  private readonly server = createServer((request, response) => {
    void this.respond(request, response);
  });
  private port = 0;
  /** The client's pending request for an event. */
  private next: ServerResponse | undefined;
  /** Id of the current invocation. */
  private requestId: string | undefined;

  static async start(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    api.port = await listenOnLoopback(api.server);
    return api;
  }

  /** AWS_LAMBDA_RUNTIME_API */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Serves another connection of the client, such as a pipe. */
  serve(connection: Duplex): void {
    this.server.emit("connection", connection);
  }

  /** Waits until the client requests an event, after the initialization or the previous invocation. */
  async untilIdle(): Promise<ServerResponse> {
    if (this.next === undefined) await once(this.events, "next");
    return this.next ?? this.untilIdle();
  }

  /** Sends an event to the client, and waits until the client has processed it. */
  async invoke({ requestId, event, deadline, traceId, functionArn }: Invocation): Promise<void> {
    const next = await this.untilIdle();
    this.next = undefined;
    this.report = undefined;
    this.requestId = requestId;
    send(next, 200, event, {
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(deadline),
      "lambda-runtime-invoked-function-arn": functionArn,
      ...(traceId !== undefined && { "lambda-runtime-trace-id": traceId }),
    });
    await this.untilIdle();
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const route = `${request.method ?? ""} ${request.url ?? ""}`;
    switch (route) {
      case "GET /2018-06-01/runtime/invocation/next":
        this.next = response;
        this.events.emit("next");
        return;
      case `POST /2018-06-01/runtime/invocation/${String(this.requestId)}/response`:
        this.report = { response: JSON.parse(body) };
        break;
      case `POST /2018-06-01/runtime/invocation/${String(this.requestId)}/error`:
        this.report = { error: functionError.parse(JSON.parse(body)), phase: "invocation" };
        break;
      case "POST /2018-06-01/runtime/init/error":
        this.report = { error: functionError.parse(JSON.parse(body)), phase: "init" };
        break;
      default:
        send(response, 404, { errorType: "InvalidRequest", errorMessage: route });
        return;
    }
    send(response, 202, { status: "OK" });
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...headers })
    .end(bytes);
}
