import type { WriteStream } from "node:tty";
import * as z from "zod";
import type { LoggedLine } from "./function-logs";
import { parseJson } from "./parse-json";

export interface LogLineOptions<Name extends string> {
  readonly colour: boolean;
  /** Maps the positions in a function's stack to its sources. */
  readonly originalStack: (stack: string, name: Name) => string;
}

/** The keys that Powertools writes; all others are logged values. */
const logged = z.looseObject({
  level: z.string(),
  message: z.string(),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  taskId: z.string().optional(),
});
/** Metrics in CloudWatch's embedded metric format: values and dimensions beside their declaration. */
const loggedMetrics = z.looseObject({ _aws: z.looseObject({ CloudWatchMetrics: z.array(z.unknown()) }) });
const loggedError = z.looseObject({ stack: z.string(), cause: z.unknown().optional() });
/** Keys with the same value in every line of a function. */
const constant = ["service", "sampling_rate", "xray_trace_id"];
/** What is no value of a metric: its declaration, and dimensions with the same value in every line. */
const notOfMetrics = ["_aws", "Service", "Environment"];

const colours = { dim: 2, red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 };
type Colour = keyof typeof colours;
const levelColours: Readonly<Record<string, Colour>> = { ERROR: "red", WARN: "yellow", INFO: "green" };

/** Whether a stream is a terminal with colours; Node evaluates NO_COLOR, FORCE_COLOR and TERM. */
export const showsColours = (stream: WriteStream): boolean => stream.isTTY && stream.hasColors();

/** A readable line: local time, function, level, message, task id, other values; stacks on separate lines. */
export function readableLine<Name extends string>(
  { from: { name }, timestamp, message }: LoggedLine<Name>,
  { colour, originalStack }: LogLineOptions<Name>,
): string {
  const paint = (text: string, as: Colour) => (colour ? `\u001b[${colours[as]}m${text}\u001b[0m` : text);
  const start = (time: number, level: string) =>
    [paint(localTime(time), "dim"), paint(name.padEnd(8), "cyan"), level].join("  ");
  const stackLines = (stack: string) =>
    printable(originalStack(stack, name))
      .split("\n")
      .map((line) => paint(`    ${line}`, /^\s+at /.test(line) ? "dim" : "red"));

  const json = parseJson(message);
  const metrics = loggedMetrics.safeParse(json);
  if (metrics.success) {
    const pairs = Object.entries(metrics.data).filter(([key]) => !notOfMetrics.includes(key));
    return `${start(timestamp, "     ")}  metrics  ${paint(printable(pairs.map(pair).join(" ")), "dim")}`;
  }
  const parsed = logged.safeParse(json);
  if (!parsed.success) {
    // A line of a stack, which the emulator logs line by line, or console output of a handler.
    if (/^\s+at /.test(message)) return stackLines(message).join("\n");
    return `${start(timestamp, "     ")}  ${printable(message)}`;
  }
  const { level, message: text, timestamp: time, taskId, ...values } = parsed.data;
  const errors = Object.values(values).flatMap(stacksOf);
  const others = Object.entries(values).filter(
    ([key, value]) => !constant.includes(key) && !loggedError.safeParse(value).success,
  );
  const parts = [
    start(
      time === undefined ? timestamp : Date.parse(time),
      paint(level.padEnd(5), levelColours[level] ?? "dim"),
    ),
    printable(text),
    ...(taskId === undefined ? [] : [paint(printable(`task ${taskId}`), "magenta")]),
    ...(others.length === 0 ? [] : [paint(printable(others.map(pair).join(" ")), "dim")]),
  ];
  return [parts.join("  "), ...errors.flatMap(stackLines)].join("\n");
}

/** A JSON line: the logged object, or an object that wraps other output. */
export const jsonLine = ({ from: { deployedAs }, timestamp, message }: LoggedLine): string =>
  z.looseObject({}).safeParse(parseJson(message)).success
    ? message
    : JSON.stringify({ timestamp: new Date(timestamp).toISOString(), function: deployedAs, message });

/** The stack of an error, and those of its causes. */
function stacksOf(value: unknown): string[] {
  const error = loggedError.safeParse(value);
  if (!error.success) return [];
  const [first, ...others] = stacksOf(error.data.cause);
  return [error.data.stack, ...(first === undefined ? [] : [`Cause: ${first}`, ...others])];
}

const pair = ([name, value]: [string, unknown]): string =>
  `${name}=${typeof value === "string" && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value)}`;

/** Replaces control characters, since clients control some of the values. */
const printable = (text: string) => text.replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");

/** `14:03:07.250` */
function localTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
