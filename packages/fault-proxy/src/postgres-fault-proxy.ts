import { createServer, type Socket } from "node:net";
import { listenOnLoopback } from "../../aws-stub/src/loopback";
import { ownerOfConnection } from "./connection-owner";
import type { ServiceCall } from "./fault-proxy";
import { PostgresConnection, type Performed, type StatementFault } from "./postgres-connection";

export type { StatementFault } from "./postgres-connection";

/** Returns the fault of a statement, if any. The first rule that returns one applies. */
export type StatementFaultRule = (call: ServiceCall) => StatementFault | undefined;

/**
 * Proxy between the functions and a PostgreSQL server, which injects faults into statements. It reads the protocol without
 * TLS. A statement is one call: its operation is INSERT, SELECT, UPDATE or DELETE, and its body a JSON list of the SQL and
 * the values. Each is a transaction of its own.
 */
export class PostgresFaultProxy {
  private readonly rules = new Set<StatementFaultRule>();
  private readonly observers = new Set<(call: ServiceCall) => void>();
  private readonly doubting = new Set<(call: ServiceCall) => void>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer({ noDelay: true }, (socket) => {
    this.accept(socket);
  });
  private port = 0;

  constructor(
    /** The port of the server on this machine. */
    private readonly serverPort: number,
    /** Processes whose children may be killed. */
    private readonly parents: () => readonly number[],
  ) {}

  /** @returns `127.0.0.1:<port>` */
  async listen(): Promise<string> {
    this.port = await listenOnLoopback(this.server);
    return `127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Breaks all connections and refuses new ones while work runs. */
  async refusing<T>(work: () => Promise<T>): Promise<T> {
    await this.close();
    try {
      return await work();
    } finally {
      await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
    }
  }

  /** @returns a function that removes the rule */
  add(rule: StatementFaultRule): () => void {
    this.rules.add(rule);
    return () => this.rules.delete(rule);
  }

  /** @param observer is called with every statement that has been committed and has changed or returned rows */
  observe(observer: (call: ServiceCall) => void): void {
    this.observers.add(observer);
  }

  /** @param observer is called with every statement that a crash of the server may have kept from being committed */
  observeInDoubt(observer: (call: ServiceCall) => void): void {
    this.doubting.add(observer);
  }

  private accept(client: Socket): void {
    const connection = new PostgresConnection(client, this.serverPort, {
      faultOf: (call) => {
        for (const rule of this.rules) {
          const fault = rule(call);
          if (fault !== undefined) return fault;
        }
        return undefined;
      },
      performed: (performed) => {
        this.report(performed);
      },
      inDoubt: (call) => {
        for (const observer of this.doubting) observer(call);
      },
      killClient: () => {
        const { remotePort: localPort = 0, localPort: remotePort = 0 } = client;
        const pid = ownerOfConnection({ localPort, remotePort }, this.parents());
        if (pid !== undefined) process.kill(pid, "SIGKILL");
      },
    });
    for (const socket of connection.sockets) {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    }
  }

  private report({ call, rows }: Performed): void {
    if (rows > 0) for (const observer of this.observers) observer(call);
  }
}
