import { setTimeout as delay } from "node:timers/promises";
import { FilterLogEventsCommand, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { DeployedFunction } from "./live-code";

const usualPollMilliseconds = 500;
/** Lambda's own lines about an invocation. */
const platformLine = /^(START|END|REPORT) RequestId/;

/** A line that a function has logged. */
export interface LoggedLine<Name extends string = string> {
  readonly from: DeployedFunction<Name>;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface FunctionLogsOptions {
  /** The time of the first line, in milliseconds since 1970. */
  readonly since?: number;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly filterPattern?: string | undefined;
  /** How late a line may arrive. */
  readonly lateMilliseconds?: number;
  readonly pollMilliseconds?: number;
}

/** Reads new log lines of functions, without Lambda's own lines. */
export class FunctionLogs<Name extends string = string> {
  private readonly streams;

  constructor(
    private readonly client: CloudWatchLogsClient,
    functions: readonly DeployedFunction<Name>[],
    private readonly options: FunctionLogsOptions = {},
  ) {
    const { since = Date.now(), lateMilliseconds } = options;
    this.streams = functions.map((from) => ({ from, cursor: new LogCursor(since, lateMilliseconds) }));
  }

  /** Lines that were logged since the last call, the oldest first. */
  async unread(): Promise<LoggedLine<Name>[]> {
    const lines = this.streams.map(async ({ from, cursor }) =>
      cursor
        .unread(await this.events(from, cursor.since))
        .filter(({ message }) => !platformLine.test(message))
        .map(({ timestamp, message }) => ({ from, timestamp, message: message.trimEnd() })),
    );
    return (await Promise.all(lines)).flat().sort((one, other) => one.timestamp - other.timestamp);
  }

  /** All pages: a page may be empty and not the last one. */
  private async events({ deployedAs }: DeployedFunction, startTime: number): Promise<LogEvent[]> {
    const { filterPattern } = this.options;
    const events: LogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${deployedAs}`,
          ...{ startTime, filterPattern, nextToken },
        }),
      );
      events.push(...(page.events ?? []));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return events;
  }

  /** The lines so far and, with a signal, new ones until it is aborted. */
  async *lines(signal?: AbortSignal): AsyncGenerator<LoggedLine<Name>, void> {
    const { pollMilliseconds = usualPollMilliseconds } = this.options;
    do {
      yield* await this.unread();
      if (signal !== undefined) await delay(pollMilliseconds, undefined, { signal }).catch(() => undefined);
    } while (signal?.aborted === false);
  }
}

interface LogEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}

/** Log events may arrive out of order. */
const usualLateMilliseconds = 2_000;

/** A position in a log. The emulator's events have no ids: timestamp and message identify them. */
export class LogCursor {
  private seen = new Map<string, number>();

  constructor(
    public since: number,
    private readonly lateMilliseconds = usualLateMilliseconds,
  ) {}

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
      ...[...this.seen.values()].map((timestamp) => timestamp - this.lateMilliseconds),
    );
    this.seen = new Map([...this.seen].filter(([, timestamp]) => timestamp >= this.since));
    return fresh;
  }
}
