import {
  FilterLogEventsCommand,
  ResourceNotFoundException,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import { parseJson } from "../../local-cloud/src/parse-json";
import type { LogLine } from "./model";

/** Lambda's own lines about an invocation. */
const platformLine = /^(START|END|REPORT) RequestId/;

export interface LogQuery {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until?: number | undefined;
  /** Terms that a line has; CloudWatch Logs filters by them. */
  readonly terms?: readonly string[];
  /** Only that function. */
  readonly function?: string | undefined;
  /** The most lines of each function that are read. */
  readonly bound: number;
}

const shape = z.looseObject({
  level: z.string().optional(),
  message: z.string().optional(),
  taskId: z.string().optional(),
  requestId: z.string().optional(),
  _aws: z.unknown().optional(),
  function_request_id: z.string().optional(),
});

/** Reads log lines of functions, at most so many. */
export class LogReader {
  /** @param functions names in Lambda, by names in the service */
  constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly functions: Readonly<Record<string, string>>,
  ) {}

  /** The oldest first. */
  async read(query: LogQuery): Promise<{ readonly lines: LogLine[]; readonly isBounded: boolean }> {
    const names = Object.keys(this.functions).filter(
      (name) => query.function === undefined || query.function === name,
    );
    const read = await Promise.all(names.map((name) => this.ofFunction(name, query)));
    return {
      lines: read.flatMap(({ lines }) => lines).sort((one, other) => one.at - other.at),
      isBounded: read.some(({ isBounded }) => isBounded),
    };
  }

  private async ofFunction(name: string, { since, until, terms = [], bound }: LogQuery) {
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client
        .send(
          new FilterLogEventsCommand({
            logGroupName: `/aws/lambda/${this.functions[name] ?? name}`,
            startTime: Math.max(0, since),
            endTime: until,
            filterPattern: patternOf(terms),
            limit: Math.min(bound, 10_000),
            nextToken,
          }),
        )
        .catch((error: unknown) => {
          // The function is not deployed yet, or has never logged.
          if (error instanceof ResourceNotFoundException) return { events: [], nextToken: undefined };
          throw error;
        });
      for (const { timestamp = 0, message = "" } of page.events ?? [])
        if (!platformLine.test(message)) lines.push(logLine(name, timestamp, message.trimEnd()));
      ({ nextToken } = page);
    } while (nextToken !== undefined && lines.length < bound);
    return { lines: lines.slice(0, bound), isBounded: lines.length >= bound };
  }
}

const patternOf = (terms: readonly string[]): string | undefined =>
  terms.length === 0 ? undefined : terms.map((term) => `"${term.replaceAll('"', '\\"')}"`).join(" ");

export function logLine(name: string, at: number, raw: string): LogLine {
  const line = shape.safeParse(parseJson(raw)).data;
  return {
    ...{ function: name, at, raw, message: line?.message ?? (line?._aws === undefined ? raw : "metrics") },
    ...{ level: line?.level?.toLowerCase(), taskId: line?.taskId },
    requestId: line?.requestId ?? line?.function_request_id,
  };
}
