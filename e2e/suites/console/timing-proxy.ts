import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "../../../packages/aws-stub/src/loopback";
import { forward } from "../../../packages/fault-proxy/src/forward";

/** A proxy in front of the emulator, which measures how long the emulator works on at least one request. */
export class TimingProxy {
  private inFlight = 0;
  private since = 0;
  private busy = 0;
  private readonly server = createServer((request, response) => {
    void buffer(request)
      .then(async (body) => {
        if (this.inFlight++ === 0) this.since = performance.now();
        try {
          return await forward(this.endpoint, request, body);
        } finally {
          if (--this.inFlight === 0) this.busy += performance.now() - this.since;
        }
      })
      .then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.destroy(),
      );
  });

  constructor(private readonly endpoint: string) {}

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Milliseconds of the emulator during some work, and of the work without them. */
  async measure<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly emulator: number; readonly own: number; readonly result: T }> {
    const [before, started] = [this.busy, performance.now()];
    const result = await work();
    const total = performance.now() - started;
    const emulator = this.busy - before;
    return { emulator, own: total - emulator, result };
  }
}
