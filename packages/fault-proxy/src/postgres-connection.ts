import { createConnection, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault, ServiceCall } from "./fault-proxy";
import { errorResponse, MessageReader, rowsOf, statementOf, type Message } from "./postgres-messages";

/** The server's process of the connection is killed before or after the statement, so that the server crashes and recovers. */
interface Crash {
  readonly kind: "crash";
  readonly when: "before" | "after";
}
export type StatementFault = Fault | Crash;

/** A statement that the server has committed, and the number of rows that it has changed or returned. */
export interface Performed {
  readonly call: ServiceCall;
  readonly rows: number;
}

interface Handlers {
  readonly faultOf: (call: ServiceCall) => StatementFault | undefined;
  readonly performed: (performed: Performed) => void;
  /** Called with a statement that may have been committed: the server ended before it confirmed or failed it. */
  readonly inDoubt: (call: ServiceCall) => void;
  /** Kills the process that has opened the connection. */
  readonly killClient: () => void;
}

/** Where the response to the current statement goes. */
interface Response {
  readonly messages: Message[];
  readonly ended: () => void;
}

/** One connection of a client, and the one to the server that belongs to it. */
export class PostgresConnection {
  private readonly server: Socket;
  private readonly fromClient = new MessageReader(true);
  private readonly fromServer = new MessageReader(false);
  /** Messages of the client since the last statement. */
  private pending: Message[] = [];
  private response: Response | undefined;
  /** The server's process; known before the first statement. */
  private serverPid: number | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Socket,
    serverPort: number,
    private readonly handlers: Handlers,
  ) {
    this.server = createConnection({ host: "127.0.0.1", port: serverPort, noDelay: true });
    // "close" follows.
    for (const socket of this.sockets) socket.on("error", () => undefined);
    // A statement in progress ends first, so that its effect is observed and its error is delivered.
    client.on("close", () => {
      if (this.response === undefined) this.server.destroy();
    });
    this.server.on("close", () => {
      if (this.response === undefined) client.end();
      else this.response.ended();
    });
    client.on("data", (chunk) => {
      for (const message of this.fromClient.read(chunk)) this.receive(message);
    });
    this.server.on("data", (chunk) => {
      for (const message of this.fromServer.read(chunk)) this.respond(message);
    });
  }

  get sockets(): readonly Socket[] {
    return [this.client, this.server];
  }

  /** Statements end with Sync, or are one message; all other messages belong to the start or the end of the connection. */
  private receive(message: Message): void {
    if (!"PBDECSQH".includes(message.type) || message.type === "") {
      this.server.write(message.bytes);
      return;
    }
    this.pending.push(message);
    if (message.type !== "S" && message.type !== "Q") return;
    const messages = this.pending;
    this.pending = [];
    this.work = this.work.then(() => this.perform(messages));
  }

  private respond(message: Message): void {
    if (message.type === "K") this.serverPid = message.body.readInt32BE(0);
    if (this.response === undefined) {
      this.client.write(message.bytes);
      return;
    }
    this.response.messages.push(message);
    if (message.type === "Z") this.response.ended();
  }

  private async perform(messages: readonly Message[]): Promise<void> {
    const { sql, values } = statementOf(messages);
    const [operation = ""] = /\b(INSERT|SELECT|UPDATE|DELETE)\b/i.exec(sql) ?? [];
    const call = { operation: operation.toUpperCase(), body: JSON.stringify([sql, ...values]) };
    const fault = this.handlers.faultOf(call);
    switch (fault?.kind) {
      case "hang":
        return;
      case "error":
        this.client.write(errorResponse(fault.type, "Injected by the fault proxy"));
        return;
      case "slow":
        await delay(fault.milliseconds);
        break;
      case "kill":
        if (fault.when === "before") this.handlers.killClient();
        break;
      case "crash":
        if (fault.when === "before") this.crashServer();
    }
    const isNotSent = fault?.kind === "reset" || (isLoss(fault) && fault.when === "before");
    if (isNotSent || hasEnded(this.server)) {
      this.end();
      return;
    }
    const response = await this.forward(messages);
    const completed = response.find(({ type }) => type === "C");
    // The commit is confirmed by ReadyForQuery.
    if (response.at(-1)?.type !== "Z") this.handlers.inDoubt(call);
    else if (completed !== undefined && !response.some(({ type }) => type === "E"))
      this.handlers.performed({ call, rows: rowsOf(completed) });
    if (isLoss(fault) && fault.when === "after") {
      if (fault.kind === "kill") this.handlers.killClient();
      else this.crashServer();
    }
    if (fault?.kind === "drop response" || (isLoss(fault) && fault.when === "after")) {
      this.end();
      return;
    }
    this.client.write(Buffer.concat(response.map(({ bytes }) => bytes)));
    if (hasEnded(this.client)) this.server.destroy();
    if (hasEnded(this.server)) this.client.end();
    if (fault?.kind !== "kill") return;
    await delay(1);
    this.handlers.killClient();
  }

  /** @returns the server's response; a connection that ends has no more */
  private async forward(messages: readonly Message[]): Promise<readonly Message[]> {
    const received: Message[] = [];
    await new Promise<void>((resolve) => {
      this.response = { messages: received, ended: resolve };
      this.server.write(Buffer.concat(messages.map(({ bytes }) => bytes)));
    });
    this.response = undefined;
    return received;
  }

  private crashServer(): void {
    if (this.serverPid !== undefined) process.kill(this.serverPid, "SIGKILL");
  }

  private end(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

const hasEnded = (socket: Socket) => socket.destroyed;

const isLoss = (
  fault: StatementFault | undefined,
): fault is Extract<StatementFault, { kind: "kill" | "crash" }> =>
  fault?.kind === "kill" || fault?.kind === "crash";
