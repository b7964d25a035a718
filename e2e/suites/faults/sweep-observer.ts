import { taskMessage } from "@serverless-tasks/functions/shared/tasks/message";
import * as z from "zod";
import type { FaultProxy, ServiceCall } from "../../../packages/fault-proxy/src/fault-proxy";

const batch = z.object({ Entries: z.array(z.object({ MessageBody: z.string() })) });
const single = z.object({ MessageBody: z.string() });

/** Observes sweeps and the messages of some tasks, by the calls that SQS and DynamoDB have performed. */
export class SweepObserver {
  /** Times at which sweeps have started. */
  private readonly sweeps: number[] = [];
  /** Times at which the message of each task was sent. */
  private readonly sent: ReadonlyMap<string, number[]>;

  constructor(proxy: FaultProxy, ids: readonly string[]) {
    this.sent = new Map(ids.map((id) => [id, []]));
    proxy.observe((call) => {
      const now = Date.now();
      // A sweep's first write takes its lease.
      if (call.operation === "PutItem" && call.body.includes("LEASE#sweep")) this.sweeps.push(now);
      for (const id of taskIdsOf(call)) this.sent.get(id)?.push(now);
    });
  }

  timesSent(id: string): number {
    return this.sent.get(id)?.length ?? 0;
  }

  /** Number of sweeps that started between a time and the task's message; all later ones if it was not sent. */
  sweepsUntilSent(id: string, since: number): number {
    const [sent = Infinity] = this.sent.get(id) ?? [];
    return this.sweeps.filter((started) => started >= since && started <= sent).length;
  }
}

function taskIdsOf({ operation, body }: ServiceCall): string[] {
  if (!operation.startsWith("SendMessage")) return [];
  const json: unknown = JSON.parse(body);
  const bodies =
    operation === "SendMessageBatch"
      ? batch.parse(json).Entries.map(({ MessageBody }) => MessageBody)
      : [single.parse(json).MessageBody];
  return bodies.flatMap((body) => {
    try {
      return [taskMessage.parse(JSON.parse(body)).taskId];
    } catch {
      // An invalid message of another kind of fault.
      return [];
    }
  });
}
