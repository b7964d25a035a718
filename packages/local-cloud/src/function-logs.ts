import { setTimeout as delay } from "node:timers/promises";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";
import type { DeployedFunction } from "./hot-update";

const pollMilliseconds = 500;
/** Lambda's own lines about an invocation. */
const platformLine = /^(START|END|REPORT) RequestId/;

/** A line that a function has logged. */
export interface LoggedLine<Name extends string = string> {
  readonly from: DeployedFunction<Name>;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Reads new log lines of functions, without Lambda's own lines. */
export class FunctionLogs<Name extends string = string> {
  private readonly client: CloudWatchLogsClient;
  private readonly streams;

  constructor(target: LocalTarget, functions: readonly DeployedFunction<Name>[]) {
    this.client = new CloudWatchLogsClient(localClientConfig(target));
    this.streams = functions.map((from) => ({ from, cursor: new LogCursor(Date.now()) }));
  }

  /** Lines that were logged since the last call. */
  async unread(): Promise<LoggedLine<Name>[]> {
    const lines = this.streams.map(async ({ from, cursor }) => {
      const { events = [] } = await this.client.send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${from.deployedAs}`,
          startTime: cursor.since,
        }),
      );
      return cursor
        .unread(events)
        .filter(({ message }) => !platformLine.test(message))
        .map(({ timestamp, message }) => ({ from, timestamp, message: message.trimEnd() }));
    });
    return (await Promise.all(lines)).flat();
  }

  /** Prints new lines until the signal is aborted. */
  async follow(print: (line: LoggedLine<Name>) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const line of await this.unread()) print(line);
      await delay(pollMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface LogEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}

/** Log events may arrive out of order. */
const lateMilliseconds = 2_000;

/** A position in a log. The emulator's events have no ids: timestamp and message identify them. */
export class LogCursor {
  private seen = new Map<string, number>();

  constructor(public since: number) {}

  /** @returns events that were not returned before */
  unread(events: readonly LogEvent[]): { readonly timestamp: number; readonly message: string }[] {
    const fresh = events.flatMap(({ timestamp = 0, message = "" }) => {
      const key = `${timestamp} ${message}`;
      if (timestamp < this.since || this.seen.has(key)) return [];
      this.seen.set(key, timestamp);
      return { timestamp, message };
    });
    this.since = Math.max(
      this.since,
      ...[...this.seen.values()].map((timestamp) => timestamp - lateMilliseconds),
    );
    this.seen = new Map([...this.seen].filter(([, timestamp]) => timestamp >= this.since));
    return fresh;
  }
}
