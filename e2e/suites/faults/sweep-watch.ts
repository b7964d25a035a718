import { taskMessage } from "@serverless-tasks/functions/shared/tasks/message";
import * as z from "zod";
import type { FaultProxy, ServiceCall } from "./fault-proxy";

const batch = z.object({ Entries: z.array(z.object({ MessageBody: z.string() })) });
const single = z.object({ MessageBody: z.string() });

/** Sees the sweeps begin, and the messages of some tasks go out, by the calls that SQS and DynamoDB have done. */
export class SweepWatch {
  /** When each began. */
  private readonly sweeps: number[] = [];
  /** When each task was sent, as often as it was. */
  private readonly sent: ReadonlyMap<string, number[]>;

  constructor(proxy: FaultProxy, ids: readonly string[]) {
    this.sent = new Map(ids.map((id) => [id, []]));
    proxy.watch((call) => {
      const now = Date.now();
      // Taking the lease is a sweep's first write.
      if (call.operation === "PutItem" && call.body.includes("LEASE#sweep")) this.sweeps.push(now);
      for (const id of taskIdsOf(call)) this.sent.get(id)?.push(now);
    });
  }

  timesSent(id: string): number {
    return this.sent.get(id)?.length ?? 0;
  }

  /** Sweeps that began between then and when the task was sent; all there were, if it was not. */
  sweepsUntilSent(id: string, since: number): number {
    const [sent = Infinity] = this.sent.get(id) ?? [];
    return this.sweeps.filter((begun) => begun >= since && begun <= sent).length;
  }
}

function taskIdsOf({ operation, body }: ServiceCall): string[] {
  if (!operation.startsWith("SendMessage")) return [];
  const json: unknown = JSON.parse(body);
  const bodies =
    operation === "SendMessageBatch"
      ? batch.parse(json).Entries.map(({ MessageBody }) => MessageBody)
      : [single.parse(json).MessageBody];
  return bodies.flatMap((text) => {
    try {
      return [taskMessage.parse(JSON.parse(text)).taskId];
    } catch {
      // A poison message of another kind of fault.
      return [];
    }
  });
}
