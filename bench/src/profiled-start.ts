import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { coldStart, type ColdStarts } from "./cold-start";
import { readCpuProfile, type Frame, type Span } from "./cpu-profile";
import { timesByGroup, type GroupTimes } from "./group-times";
import type { HttpCase } from "./http-case";

/** Requested microseconds between two samples; V8 takes longer for deep stacks. */
const interval = 100;
const file = "start.cpuprofile";

/** A cold start under the profiler, in milliseconds. */
export interface ProfiledStart {
  readonly over: number;
  readonly load: GroupTimes;
  readonly firstEvent: GroupTimes;
}

/** The environment of profiled cold starts. */
export interface Profiling extends ColdStarts {
  /** Temporary folder for profiles. */
  readonly folder: string;
  readonly placeOf: (frame: Frame) => string;
}

/** Measures a cold start under V8's profiler. */
export async function profiledStart(
  of: HttpCase,
  { folder, placeOf, ...starts }: Profiling,
): Promise<ProfiledStart> {
  const own = mkdtempSync(join(folder, "profile-"));
  const flags = ["--cpu-prof", `--cpu-prof-interval=${interval}`];
  const target = [`--cpu-prof-dir=${own}`, `--cpu-prof-name=${file}`];
  const { moments } = await coldStart(of, starts, [...flags, ...target]);
  const { ready, loaded, received, responded } = moments;
  const profile = readCpuProfile(join(own, file));
  const within = (span: Span) => timesByGroup(profile, span, placeOf);
  return {
    over: (loaded.at - ready.at + responded.at - received.at) / 1000,
    load: within({ from: ready.at, to: loaded.at }),
    firstEvent: within({ from: received.at, to: responded.at }),
  };
}
