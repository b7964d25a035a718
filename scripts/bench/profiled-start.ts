import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { readCpuProfile, type Frame, type Span } from "./cpu-profile";
import { timesByGroup, type GroupTimes } from "./group-times";
import { measureHttp, type HttpCase } from "./http-case";

/** Microseconds between two samples, which V8 is asked for; it takes longer where there is much to tell. */
const interval = 100;
const file = "start.cpuprofile";

const coldStart = z.object({ load: z.number(), over: z.number(), readyAt: z.number() });

/** A cold start under the profiler, in milliseconds. */
export interface ProfiledStart {
  readonly over: number;
  readonly load: GroupTimes;
  readonly firstEvent: GroupTimes;
}

/** What a cold start is measured with. */
export interface Profiling {
  readonly env: Readonly<Record<string, string>>;
  /** Where profiles are kept while they are read. */
  readonly folder: string;
  readonly placeOf: (frame: Frame) => string;
}

/** Has a function start and answer under V8's profiler. */
export async function profiledStart(
  of: HttpCase,
  { env, folder, placeOf }: Profiling,
): Promise<ProfiledStart> {
  const own = mkdtempSync(join(folder, "profile-"));
  const flags = ["--cpu-prof", `--cpu-prof-interval=${interval}`];
  const target = [`--cpu-prof-dir=${own}`, `--cpu-prof-name=${file}`];
  const found = await measureHttp(of, "cold", env, {}, [...flags, ...target]);
  const { load, over, readyAt } = coldStart.parse(found);
  const profile = readCpuProfile(join(own, file));
  const within = (span: Span) => timesByGroup(profile, span, placeOf);
  const loadedAt = readyAt + load * 1000;
  return {
    over,
    load: within({ from: readyAt, to: loadedAt }),
    firstEvent: within({ from: loadedAt, to: readyAt + over * 1000 }),
  };
}
