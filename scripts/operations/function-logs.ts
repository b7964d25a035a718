import { CloudWatchLogsClient, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { functionNames, type FunctionName } from "@serverless-tasks/functions/service";
import * as z from "zod";
import { naming } from "../../deploy/shared/naming";
import { PrintedLines } from "../../packages/command-line/src/printed-lines";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import { jsonLine, readableLine, showsColours } from "../../packages/local-cloud/src/log-line";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { notDeployed } from "../core/errors";
import { logLevels, type LogLevel } from "./log-levels";

export interface LogFilter {
  /** Words that a line contains, as they are. */
  readonly contains?: string | undefined;
  readonly task?: string | undefined;
  readonly request?: string | undefined;
  /** The lowest level. Lines without a level, such as those of a crash, are kept. */
  readonly level?: LogLevel | undefined;
}

export interface LogOptions extends LogFilter {
  /** Only that function. */
  readonly function?: FunctionName | undefined;
  readonly sinceMilliseconds: number;
  readonly follow: boolean;
}

/**
 * FilterLogEvents allows few calls per second and account; lines arrive within seconds.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const awsPolling = { pollMilliseconds: 3_000, lateMilliseconds: 15_000 };

/** The log lines of all functions, the oldest first; following new ones until Ctrl-C. */
export function functionLogs(
  account: EnvironmentAccount,
  { sinceMilliseconds, follow, function: only, ...filter }: LogOptions,
): PrintedLines<LoggedLine<FunctionName>> {
  const nameOf = naming(account.config);
  const logs = new FunctionLogs(
    new CloudWatchLogsClient(account.client),
    functionNames
      .filter((name) => only === undefined || name === only)
      .map((name) => ({ name, deployedAs: nameOf(name) })),
    {
      since: Date.now() - sinceMilliseconds,
      filterPattern: patternOf(filter),
      ...(account.isAws && awsPolling),
    },
  );
  const signal = follow ? stopOnInterrupt() : undefined;
  async function* lines() {
    try {
      for await (const line of logs.lines(signal)) if (isShown(line.message, filter)) yield line;
    } catch (cause) {
      throw unlessMissing(cause, account.config.name);
    }
  }
  const readable = { colour: showsColours(process.stdout), originalStack: (stack: string) => stack };
  return new PrintedLines(lines(), {
    json: (line) => z.looseObject({}).parse(parseJson(jsonLine(line))),
    readable: (line) => readableLine(line, readable),
  });
}

const unlessMissing = (cause: unknown, environment: string) =>
  cause instanceof ResourceNotFoundException
    ? notDeployed(`A function of ${environment} has no log: ${cause.message}`, "app", environment, cause)
    : cause;

/** A term that CloudWatch Logs looks for, so that other lines are not transferred. */
const patternOf = ({ contains, task, request }: LogFilter): string | undefined => {
  const terms = [contains, task, request].flatMap((term) =>
    term === undefined ? [] : [`"${term.replaceAll('"', '\\"')}"`],
  );
  return terms.length === 0 ? undefined : terms.join(" ");
};

const logged = z.looseObject({
  level: z.string().optional(),
  taskId: z.string().optional(),
  taskIds: z.array(z.string()).optional(),
  requestId: z.string().optional(),
  function_request_id: z.string().optional(),
});

/** Whether a line is about the task and the request, and of the level or above. */
export function isShown(message: string, { contains, task, request, level }: LogFilter): boolean {
  if (contains !== undefined && !message.includes(contains)) return false;
  const line = logged.safeParse(parseJson(message)).data;
  // Output that is no object, such as a stack, may contain the ids anywhere.
  if (line === undefined) return [task, request].every((id) => id === undefined || message.includes(id));
  const { taskId, taskIds = [], requestId, function_request_id } = line;
  const isOfTask = task === undefined || taskId === task || taskIds.includes(task);
  const isOfRequest = request === undefined || [requestId, function_request_id].includes(request);
  return isOfTask && isOfRequest && (level === undefined || isAtLeast(line.level, level));
}

function isAtLeast(level: string | undefined, least: LogLevel): boolean {
  const rank = logLevels.findIndex((each) => each === level?.toLowerCase());
  return rank === -1 || rank >= logLevels.indexOf(least);
}
