import { readFileSync } from "node:fs";
import * as z from "zod";

const frame = z.object({
  functionName: z.string(),
  /** Empty for frames that are not JavaScript. */
  url: z.string(),
  /** Start of the function; both count from 0. */
  lineNumber: z.int(),
  columnNumber: z.int(),
});
export type Frame = z.output<typeof frame>;

/** https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile; times in microseconds. */
const cpuProfile = z.object({
  nodes: z.array(z.object({ id: z.int(), callFrame: frame, children: z.array(z.int()).optional() })),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(z.int()),
  /** Time since the sample before, or since the start for the first one. */
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.output<typeof cpuProfile>;

export const readCpuProfile = (path: string): CpuProfile =>
  cpuProfile.parse(JSON.parse(readFileSync(path, "utf8")));

/** Microseconds of the monotonic clock, which profiles use. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The stack that ran until the next sample was taken. */
export interface Sample extends Span {
  /** The innermost frame first. */
  readonly stack: readonly Frame[];
}

/** The samples of a profile in order of time. */
export function samplesOf(profile: CpuProfile): Sample[] {
  const stacks = stacksOf(profile);
  let at = profile.startTime;
  const times = profile.timeDeltas.map((delta) => (at += delta));
  return profile.samples.map((node, index) => ({
    stack: stacks.get(node) ?? [],
    from: times[index] ?? profile.endTime,
    to: times[index + 1] ?? profile.endTime,
  }));
}

/** The frames of each node, the innermost first. */
function stacksOf({ nodes }: CpuProfile): Map<number, readonly Frame[]> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const stackOf = (id: number | undefined): Frame[] => {
    const own = id === undefined ? undefined : frames.get(id);
    return id === undefined || own === undefined ? [] : [own, ...stackOf(callers.get(id))];
  };
  return new Map(nodes.map(({ id }) => [id, stackOf(id)]));
}

/** Milliseconds of a sample within a span. */
export const millisecondsWithin = ({ from, to }: Span, span: Span): number =>
  Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)) / 1000;
