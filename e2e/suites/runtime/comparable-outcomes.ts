import { createHash } from "node:crypto";
import type { Report } from "../../../packages/lambda-runtime/src/runtime-api";
import type { AwsCall } from "../../../packages/aws-stub/src/aws-stub";

/** Removes from outcomes what varies between runs, so that they can be compared. */

/** Ids, times, and values derived from them. */
const variableParts: readonly (readonly [RegExp, string])[] = [
  [/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g, "<id>"],
  [/\b([A-Za-z]+)#\d+(?=\\?")/g, "$1#<shard>"],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uuid>"],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/\b\d{8}T\d{6}Z/g, "<time>"],
  // Seconds or milliseconds since 1970.
  [/\b[12]\d{9}(\d{3})?\b/g, "<time>"],
  [/\b127\.0\.0\.1:\d+/g, "<aws>"],
  [/\bCredential=(\w+)\/\d{8}/g, "Credential=$1/<day>"],
  // Published packages are bundled from the CommonJS files of the SDK, which have the version of the previous release.
  [/(aws-sdk-js\/|api\/[\w-]+#)3\.\d+\.\d+/g, "$1<version>"],
  [/\bSignature=[0-9a-f]{64}\b/g, "Signature=<signature>"],
];

export const withoutVariableParts = (json: string): string =>
  variableParts.reduce((rest, [pattern, name]) => rest.replace(pattern, name), json);

/** Removes the stack frames: the layer has other files, and minified names. */
const withoutFrames = (stack: string): string => stack.replace(/\n\s+at [^]*/, "");
const isFrame = (line: unknown) => typeof line === "string" && /^\s+at /.test(line);

const longestBody = 10_000;

/** The response of a function, with a hash instead of a long body, or its error. */
export function comparableReport(report: Report): object {
  if ("error" in report) {
    const { trace = [], ...error } = report.error;
    return { ...report, error: { ...error, trace: trace.filter((line) => !isFrame(line)) } };
  }
  const { response } = report;
  if (typeof response !== "object" || response === null || !("body" in response)) return { response };
  const body = String(response.body);
  const hash = () => `SHA-512 ${createHash("sha512").update(body).digest("hex")}`;
  return { response: { ...response, body: body.length > longestBody ? hash() : response.body } };
}

/**
 * The lines of a log as JSON. An error that Node.js prints when it ends the process is left out, since the report has it.
 * @throws {Error} when other lines are not JSON
 */
export function comparableLog(lines: readonly string[]): unknown[] {
  const end = lines.findIndex((line) => !line.startsWith("{"));
  const json = end < 0 ? lines : lines.slice(0, end);
  if (end >= 0 && !/^Node\.js v/.test(lines.at(-1) ?? ""))
    throw new Error(`Expected lines of JSON in the log, found:\n${lines.slice(end).join("\n")}`);
  return json.map((line): unknown => JSON.parse(line, comparableValue));
}

function comparableValue(key: string, value: unknown): unknown {
  if (key === "location") return undefined;
  if (key === "milliseconds") return "<milliseconds>";
  if (key === "OutboxOldestSeconds") return "<seconds>";
  if (key === "AcceptToStart" || key === "AcceptToDone") return "<milliseconds>";
  if (key === "Timestamp") return "<time>";
  if (key === "stackTrace" && Array.isArray(value)) return value.filter((line) => !isFrame(line));
  return key === "stack" && typeof value === "string" ? withoutFrames(value) : value;
}

/** Sorts consecutive calls of the same operation: concurrent calls, one for each shard, arrive in any order. */
export function inComparableOrder<Call extends { readonly operation: string }>(
  calls: readonly Call[],
): Call[] {
  const runs: Call[][] = [];
  for (const call of calls) {
    const run = runs.at(-1);
    if (run?.[0]?.operation === call.operation) run.push(call);
    else runs.push([call]);
  }
  const keyOf = (call: Call) => withoutVariableParts(JSON.stringify(call));
  return runs.flatMap((run) => run.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

/** A call to AWS, without the hash of its body, which has variable parts. */
export const comparableCall = ({ operation, headers, body }: AwsCall) => ({
  operation,
  headers: { ...headers, "x-amz-content-sha256": typeof headers["x-amz-content-sha256"] },
  body,
});
