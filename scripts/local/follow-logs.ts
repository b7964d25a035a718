import { setTimeout as delay } from "node:timers/promises";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";

const pollMilliseconds = 500;
/** Lambda's own lines about an invocation; the function's say more. */
const platformLine = /^(START|END|REPORT) RequestId/;

/** Prints what functions log, until the signal says stop. */
export async function followLogs(
  target: LocalTarget,
  functionNames: readonly string[],
  signal: AbortSignal,
  print: (line: string) => void = console.log,
): Promise<void> {
  const logs = new CloudWatchLogsClient(localClientConfig(target));
  const streams = functionNames.map((name) => ({ name, cursor: new LogCursor(Date.now()) }));
  while (!signal.aborted) {
    for (const { name, cursor } of streams) {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, startTime: cursor.since }),
      );
      for (const message of cursor.unread(events)) {
        if (!platformLine.test(message)) print(`${name}  ${message.trimEnd()}`);
      }
    }
    await delay(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

interface LogEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}

/** How far a log was read. The emulator gives its events no ids, so it counts those of the last millisecond. */
export class LogCursor {
  private readOfLast = 0;

  constructor(public since: number) {}

  /** @param events those since `since`, oldest first */
  unread(events: readonly LogEvent[]): string[] {
    const inOrder = events.filter(({ timestamp = 0 }) => timestamp >= this.since);
    const fresh = inOrder.slice(this.readOfLast);
    const last = inOrder.at(-1)?.timestamp ?? this.since;
    this.since = last;
    this.readOfLast = inOrder.filter(({ timestamp }) => timestamp === last).length;
    return fresh.map(({ message = "" }) => message);
  }
}
