import { readFileSync } from "node:fs";
import * as z from "zod";

const frame = z.object({
  functionName: z.string(),
  /** Empty for what is not JavaScript. */
  url: z.string(),
  /** Where the function begins, both from 0. */
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
  /** From the sample before to each one, from the start to the first. */
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.output<typeof cpuProfile>;

export const readCpuProfile = (path: string): CpuProfile =>
  cpuProfile.parse(JSON.parse(readFileSync(path, "utf8")));

/** Microseconds on the clock of profiles, which is the machine's monotonic one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What ran, until the next sample was taken. */
export interface Sample extends Span {
  /** The innermost frame first. */
  readonly stack: readonly Frame[];
}

/** A profile's samples in the order of time. */
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

/** The frames of each node, its own first. */
function stacksOf({ nodes }: CpuProfile): Map<number, readonly Frame[]> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const stackOf = (id: number | undefined): Frame[] => {
    const own = id === undefined ? undefined : frames.get(id);
    return id === undefined || own === undefined ? [] : [own, ...stackOf(callers.get(id))];
  };
  return new Map(nodes.map(({ id }) => [id, stackOf(id)]));
}

/** Milliseconds of a sample that lie within a span. */
export const millisecondsWithin = ({ from, to }: Span, span: Span): number =>
  Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)) / 1000;
