import { once } from "node:events";
import WebSocket from "ws";
import * as z from "zod";

const target = z.array(z.looseObject({ webSocketDebuggerUrl: z.string() })).min(1);
const message = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});
type Message = z.output<typeof message>;

/** A debugger of a Node.js process: https://chromedevtools.github.io/devtools-protocol/v8/ */
export class InspectorClient {
  private calls = 0;
  private readonly waiting = new Map<number, (reply: Message) => void>();
  private readonly events: Message[] = [];
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    // Without an option, the data is a Buffer; the protocol's messages are strings.
    socket.on("message", (data: Buffer) => {
      const received = message.parse(JSON.parse(data.toString("utf8")));
      if (received.id === undefined) {
        this.events.push(received);
        for (const listener of this.listeners) listener();
      } else this.waiting.get(received.id)?.(received);
    });
  }

  /** @param address `127.0.0.1:9229` */
  static async attach(address: string): Promise<InspectorClient> {
    const [first] = target.parse(await (await fetch(`http://${address}/json/list`)).json());
    const socket = new WebSocket(first?.webSocketDebuggerUrl ?? "");
    await once(socket, "open");
    return new InspectorClient(socket);
  }

  /** @throws {Error} that the process returns */
  async call(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.calls;
    const reply = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await reply;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The parameters of the next event with that name that was not read before. */
  async event(method: string, seconds = 60): Promise<unknown> {
    const end = Date.now() + seconds * 1_000;
    for (;;) {
      const at = this.events.findIndex((each) => each.method === method);
      if (at !== -1) return this.events.splice(at, 1)[0]?.params;
      if (Date.now() > end) throw new Error(`Expected within ${seconds} s: the event ${method}`);
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.listeners.delete(done);
          resolve();
        };
        const timer = setTimeout(done, 500);
        this.listeners.add(done);
      });
    }
  }

  close(): void {
    this.socket.close();
  }
}
