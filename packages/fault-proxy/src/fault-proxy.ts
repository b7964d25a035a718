import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { listenOnLoopback } from "../../aws-stub/src/loopback";
import { forward } from "./forward";
import { ownerOfConnection } from "./connection-owner";

/** A call of a function to SQS or DynamoDB. */
export interface ServiceCall {
  /** `SendMessage`, `TransactWriteItems`, … */
  readonly operation: string;
  /** The call's parameters, as JSON. */
  readonly body: string;
}

/** A fault in a call. */
export type Fault =
  /** The service returns an error, and performs nothing. */
  | { readonly kind: "error"; readonly status: number; readonly type: string; readonly more?: object }
  /** The connection is closed before the service gets the call. */
  | { readonly kind: "reset" }
  /** The service performs the call, and its response is lost. */
  | { readonly kind: "drop response" }
  /** The service gets the call later. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** The service never responds. */
  | { readonly kind: "hang" }
  /** The calling process is killed before the service performs the call, after it, or after the response. */
  | { readonly kind: "kill"; readonly when: "before" | "after" | "responded" };

/** Returns the fault of a call, if any. The first rule that returns one applies. */
export type FaultRule = (call: ServiceCall) => Fault | undefined;

/** Proxy between the functions and the emulator, which injects faults into calls. */
export class FaultProxy {
  private readonly rules = new Set<FaultRule>();
  private readonly observers = new Set<(call: ServiceCall) => void>();
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch(() => response.destroy());
  });

  constructor(
    private readonly endpoint: string,
    /** Processes whose children may be killed. */
    private readonly parents: () => readonly number[],
  ) {}

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** @returns a function that removes the rule */
  add(rule: FaultRule): () => void {
    this.rules.add(rule);
    return () => this.rules.delete(rule);
  }

  /** @param observer is called with every call that the service has performed */
  observe(observer: (call: ServiceCall) => void): void {
    this.observers.add(observer);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const call: ServiceCall = { operation, body: body.toString("utf8") };
    let fault: Fault | undefined;
    for (const rule of this.rules) fault ??= rule(call);

    if (fault?.kind === "hang") return;
    if (fault?.kind === "slow") await delay(fault.milliseconds);
    if (fault?.kind === "error") {
      sendError(response, fault);
      return;
    }
    if (fault?.kind === "kill" && fault.when === "before") this.kill(request);
    if (fault?.kind === "reset" || (fault?.kind === "kill" && fault.when === "before")) {
      response.destroy();
      return;
    }
    const forwarded = await forward(this.endpoint, request, body);
    if (forwarded.status === 200) for (const observer of this.observers) observer(call);
    if (fault?.kind === "kill" && fault.when === "after") this.kill(request);
    if (fault?.kind === "drop response" || (fault?.kind === "kill" && fault.when === "after")) {
      response.destroy();
      return;
    }
    response.writeHead(forwarded.status, forwarded.headers).end(forwarded.body);
    if (fault?.kind === "kill") {
      await delay(1);
      this.kill(request);
    }
  }

  private kill({ socket }: IncomingMessage): void {
    const { remotePort: localPort = 0, localPort: remotePort = 0 } = socket;
    const pid = ownerOfConnection({ localPort, remotePort }, this.parents());
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  }
}

function sendError(
  response: ServerResponse,
  { status, type, more }: Extract<Fault, { kind: "error" }>,
): void {
  response
    .writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": type })
    .end(JSON.stringify({ __type: type, message: "Injected by the fault proxy", ...more }));
}
