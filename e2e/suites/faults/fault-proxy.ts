import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { listenOnLoopback } from "../../../packages/aws-stub/src/loopback";
import { forward } from "../../support/forward";
import { processBehind } from "./process-behind";

/** One call that a function makes to a service. */
export interface ServiceCall {
  /** `SendMessage`, `TransactWriteItems`, … */
  readonly operation: string;
  /** The call's parameters, as JSON. */
  readonly body: string;
}

/** What goes wrong with a call. */
export type Fault =
  /** The service answers with an error, and does nothing. */
  | { readonly kind: "error"; readonly status: number; readonly type: string; readonly more?: object }
  /** The connection breaks before the service has seen the call. */
  | { readonly kind: "reset" }
  /** The service does its work, and nobody hears of it. */
  | { readonly kind: "drop reply" }
  /** No answer ever comes. */
  | { readonly kind: "hang" }
  /** The process that calls is killed, with the call not made, made, or answered. */
  | { readonly kind: "kill"; readonly when: "before" | "after" | "answered" };

/** Chooses what goes wrong; the first that answers is heard. */
export type FaultRule = (call: ServiceCall) => Fault | undefined;

/** Stands between the functions and the emulator, sees every call, and lets some of them go wrong. */
export class FaultProxy {
  private readonly rules = new Set<FaultRule>();
  private readonly watchers = new Set<(call: ServiceCall) => void>();
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

  /** @returns a function that takes the rule back */
  add(rule: FaultRule): () => void {
    this.rules.add(rule);
    return () => this.rules.delete(rule);
  }

  /** Is told of every call that a service has done. */
  watch(watcher: (call: ServiceCall) => void): void {
    this.watchers.add(watcher);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const call: ServiceCall = { operation, body: body.toString("utf8") };
    let fault: Fault | undefined;
    for (const rule of this.rules) fault ??= rule(call);

    if (fault?.kind === "hang") return;
    if (fault?.kind === "error") {
      answerError(response, fault);
      return;
    }
    if (fault?.kind === "kill" && fault.when === "before") this.kill(request);
    if (fault?.kind === "reset" || (fault?.kind === "kill" && fault.when === "before")) {
      response.destroy();
      return;
    }
    const answer = await forward(this.endpoint, request, body);
    if (answer.status === 200) for (const watcher of this.watchers) watcher(call);
    if (fault?.kind === "kill" && fault.when === "after") this.kill(request);
    if (fault?.kind === "drop reply" || (fault?.kind === "kill" && fault.when === "after")) {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
    if (fault?.kind === "kill") {
      await delay(1);
      this.kill(request);
    }
  }

  private kill({ socket }: IncomingMessage): void {
    const { remotePort: localPort = 0, localPort: remotePort = 0 } = socket;
    const pid = processBehind({ localPort, remotePort }, this.parents());
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  }
}

function answerError(
  response: ServerResponse,
  { status, type, more }: Extract<Fault, { kind: "error" }>,
): void {
  response
    .writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": type })
    .end(JSON.stringify({ __type: type, message: "The fault proxy says so", ...more }));
}
