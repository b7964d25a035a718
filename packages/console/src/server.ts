import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { AuditLog } from "./audit-log";
import {
  endpoints,
  isEndpointName,
  type ConsoleService,
  type EndpointName,
  type Input,
  type Output,
} from "./endpoints";
import {
  bodyTooLarge,
  invalidInput,
  invalidJson,
  notFound,
  problemOf,
  readOnly,
  wrongMethod,
} from "./errors";
import { Guard, newToken, securityHeaders } from "./guard";
import type { PageFiles } from "./page-bundle";

/** A payload of the API has at most 128 KiB. */
const maxBodyBytes = 512 * 1024;
/** Smaller responses are sent as they are. */
const compressedFromBytes = 2_048;

export interface ConsoleServerProps {
  /** 0 for a free port. */
  readonly port: number;
  /** Whether writes are refused. */
  readonly readOnly: boolean;
  /** Who writes, for the audit log. */
  readonly who: string;
  readonly audit: AuditLog;
  /** An input as the audit log has it. */
  readonly redact: (input: unknown) => Promise<unknown>;
  /** Called at the first request, so that a console that is never opened costs nothing. */
  readonly openService: () => Promise<ConsoleService>;
  readonly buildPage: () => Promise<PageFiles>;
  /** Ends what an operation has started. */
  readonly onClose?: () => Promise<void>;
}

/** The console's HTTP server, on loopback. */
export class ConsoleServer {
  private readonly server: Server;
  private readonly token = newToken();
  private readonly guard = new Guard(() => this.port, this.token);
  private service: Promise<ConsoleService> | undefined;
  private page: Promise<PageFiles> | undefined;
  private port = 0;

  private constructor(private readonly props: ConsoleServerProps) {
    this.server = createServer((request, response) => {
      this.respond(request, response).catch((error: unknown) => {
        const { status, problem } = problemOf(error);
        send(request, response, status, "application/json", JSON.stringify(problem));
      });
    });
  }

  static async start(props: ConsoleServerProps): Promise<ConsoleServer> {
    const console = new ConsoleServer(props);
    await console.listen();
    return console;
  }

  /** The link to the page. */
  get link(): string {
    return `http://127.0.0.1:${this.port}/${this.token}/`;
  }

  async close(): Promise<void> {
    await this.props.onClose?.();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject).listen(this.props.port, "127.0.0.1", resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port");
    this.port = address.port;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    const path = this.guard.admit(method, pathname, headers);
    if (!path.startsWith("/api/")) {
      await this.sendFile(request, response, path);
      return;
    }
    const name = path.slice("/api/".length);
    if (!isEndpointName(name)) throw notFound(path);
    const { effect } = endpoints[name];
    const expected = effect === "read" ? "GET" : "POST";
    if (method !== expected) throw wrongMethod(method, expected);
    const given = expected === "GET" ? (searchParams.get("input") ?? "{}") : await bodyOf(request);
    const output = await this.call(name, parseInput(name, given));
    send(request, response, 200, "application/json", JSON.stringify(output));
  }

  /** Performs an operation; writes are refused in read-only mode, and logged in any. */
  private async call<Name extends EndpointName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
    const { audit, who, openService } = this.props;
    const perform = async () => {
      this.service ??= openService();
      // A failed opening is repeated at the next request.
      const service = await this.service.catch((error: unknown) => {
        this.service = undefined;
        throw error;
      });
      return service[name](input);
    };
    if (endpoints[name].effect !== "write") return perform();
    const entry = { who, operation: name, input: await this.props.redact(input) };
    if (this.props.readOnly) {
      audit.add({ ...entry, outcome: "refused" });
      throw readOnly();
    }
    try {
      const output = await perform();
      audit.add({ ...entry, outcome: "done", detail: JSON.stringify(await this.props.redact(output)) });
      return output;
    } catch (error) {
      audit.add({ ...entry, outcome: "failed", detail: problemOf(error).problem.message });
      throw error;
    }
  }

  private async sendFile(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method !== "GET") throw wrongMethod(request.method ?? "", "GET");
    this.page ??= this.props.buildPage();
    const files = await this.page;
    const file = files[path === "/" ? "/index.html" : path];
    if (file === undefined) throw notFound(path);
    send(request, response, 200, file.type, file.content);
  }
}

function parseInput<Name extends EndpointName>(name: Name, given: string): Input<Name> {
  let json: unknown;
  try {
    json = JSON.parse(given);
  } catch {
    throw invalidJson();
  }
  const { success, data, error } = endpoints[name].input.safeParse(json);
  // The schema of this endpoint has parsed it.
  if (success) return data as Input<Name>;
  throw invalidInput(
    error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`).join("; "),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    // Without an encoding the stream has buffers.
    const buffer = part as Buffer;
    bytes += buffer.length;
    if (bytes > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);
    parts.push(buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  content: string | Uint8Array,
): void {
  const bytes = Buffer.from(content);
  const accepts = String(request.headers["accept-encoding"]).includes("gzip");
  const isCompressed = accepts && bytes.length >= compressedFromBytes;
  response
    .writeHead(status, {
      ...securityHeaders,
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      ...(isCompressed && { "content-encoding": "gzip" }),
    })
    .end(isCompressed ? gzipSync(bytes) : bytes);
}
