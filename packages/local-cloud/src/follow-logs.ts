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

/** Events of an invocation may be written after later ones of another. */
const lateMilliseconds = 2_000;

/** How far a log was read. The emulator gives its events no ids, so time and text tell them apart. */
export class LogCursor {
  private seen = new Map<string, number>();

  constructor(public since: number) {}

  /** @returns messages that were not there before */
  unread(events: readonly LogEvent[]): string[] {
    const fresh = events.flatMap(({ timestamp = 0, message = "" }) => {
      const key = `${timestamp} ${message}`;
      if (timestamp < this.since || this.seen.has(key)) return [];
      this.seen.set(key, timestamp);
      return message;
    });
    this.since = Math.max(
      this.since,
      ...[...this.seen.values()].map((timestamp) => timestamp - lateMilliseconds),
    );
    this.seen = new Map([...this.seen].filter(([, timestamp]) => timestamp >= this.since));
    return fresh;
  }
}
