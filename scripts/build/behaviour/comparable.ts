import type { AwsCall } from "../../testing/aws-stub";

/** What is left of an outcome when what differs from run to run is taken out of it. */

/** Ids, times and what follows from an id, in whichever notation. */
const chance: readonly (readonly [RegExp, string])[] = [
  [/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g, "<id>"],
  [/\b([A-Za-z]+)#\d+(?=\\?")/g, "$1#<shard>"],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uuid>"],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/\b\d{8}T\d{6}Z/g, "<time>"],
  // Seconds or milliseconds since 1970.
  [/\b[12]\d{9}(\d{3})?\b/g, "<time>"],
  [/\b127\.0\.0\.1:\d+/g, "<aws>"],
  [/\bCredential=test\/\d{8}/g, "Credential=test/<day>"],
  // The SDK's CommonJS, which published packages are bundled from, names the version before.
  [/(aws-sdk-js\/|api\/[\w-]+#)3\.\d+\.\d+/g, "$1<version>"],
  [/\bSignature=[0-9a-f]{64}\b/g, "Signature=<signature>"],
];

export const withoutChance = (text: string): string =>
  chance.reduce((left, [pattern, name]) => left.replace(pattern, name), text);

/** Names in a stack of the layer are minified, and its files are others: the message above is the same. */
export const withoutPlaces = (text: string): string => text.replace(/\n\s+at [^]*/, "");

/** A line of a log: `stdout: {"level":"INFO",…}` */
export function comparableLine(line: string): string {
  const [, stream = "", json] = /^(\w+): (\{.*\})\n$/s.exec(line) ?? [];
  return json === undefined
    ? withoutPlaces(line)
    : `${stream}: ${JSON.stringify(JSON.parse(json, comparableValue))}`;
}

function comparableValue(key: string, value: unknown): unknown {
  if (key === "location") return undefined;
  if (key === "milliseconds") return "<milliseconds>";
  return key === "stack" && typeof value === "string" ? withoutPlaces(value) : value;
}

/** Calls made in parallel, one to each shard, reach AWS in any order: those of one operation in a row are sorted. */
export function inComparableOrder<Call extends { readonly operation: string }>(
  calls: readonly Call[],
): Call[] {
  const runs: Call[][] = [];
  for (const call of calls) {
    const run = runs.at(-1);
    if (run?.[0]?.operation === call.operation) run.push(call);
    else runs.push([call]);
  }
  const text = (call: Call) => withoutChance(JSON.stringify(call));
  return runs.flatMap((run) => run.sort((a, b) => (text(a) < text(b) ? -1 : 1)));
}

/** A call of AWS with all that it carries, but the hash of a body that has chance in it. */
export const comparableCall = ({ operation, headers, body }: AwsCall) => ({
  operation,
  headers: { ...headers, "x-amz-content-sha256": typeof headers["x-amz-content-sha256"] },
  body,
});
