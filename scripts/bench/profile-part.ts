import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { defaultBuildFolder } from "../build/paths";
import { readCpuProfile, type Frame, type Span } from "./cpu-profile";
import { methods, type Method } from "./events";
import { httpCases, measureHttp, type HttpCase } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll } from "./prepare";
import { placesOf } from "./profile-places";
import { groupNames, timesByGroup, type GroupTimes } from "./profiled-run";
import type { Figure } from "./results";
import { interleaved } from "./rounds";
import { shapes } from "./shapes";
import { quantile, quietHalfBy } from "./statistics";

const rounds = 20;
/** Microseconds between two samples, which V8 is asked for; it takes longer where there is much to tell. */
const interval = 100;
const file = "start.cpuprofile";

const coldStart = z.object({ load: z.number(), over: z.number(), readyAt: z.number() });

/** A cold start under the profiler, in milliseconds. */
interface ProfiledStart {
  readonly over: number;
  readonly load: GroupTimes;
  readonly firstEvent: GroupTimes;
}

/** Where the time of a cold start of the deployed API goes. */
export async function profilePart(context: BenchContext): Promise<Measured> {
  const functions = await prepareAll(
    shapes.filter(({ name }) => name === "ours"),
    context,
  );
  const env = await lambdaEnvironment("api", context.stub.endpoint);
  const placeOf = placesOf(defaultBuildFolder);
  const starts = await interleaved(
    httpCases(functions),
    (of) => profiledStart(of, env, context.folder, placeOf),
    roundsOf(context, rounds),
  );
  const startsOf = (method: Method) =>
    [...starts].filter(([of]) => of.method === method).flatMap(([, taken]) => taken);
  return {
    figures: methods.flatMap((method) => figuresOf(method, startsOf(method))),
    comparisons: [],
  };
}

async function profiledStart(
  of: HttpCase,
  env: Readonly<Record<string, string>>,
  parent: string,
  placeOf: (frame: Frame) => string,
): Promise<ProfiledStart> {
  const folder = mkdtempSync(join(parent, "profile-"));
  const flags = ["--cpu-prof", `--cpu-prof-interval=${interval}`];
  const places = [`--cpu-prof-dir=${folder}`, `--cpu-prof-name=${file}`];
  const found = await measureHttp(of, "cold", env, {}, [...flags, ...places]);
  const { load, over, readyAt } = coldStart.parse(found);
  const profile = readCpuProfile(join(folder, file));
  const within = (span: Span) => timesByGroup(profile, span, placeOf);
  const loadedAt = readyAt + load * 1000;
  const answeredAt = readyAt + over * 1000;
  return {
    over,
    load: within({ from: readyAt, to: loadedAt }),
    firstEvent: within({ from: loadedAt, to: answeredAt }),
  };
}

const whole = "all of it";

const milliseconds = (times: GroupTimes, subject: string): number =>
  subject === whole ? [...times.values()].reduce((sum, time) => sum + time, 0) : (times.get(subject) ?? 0);

interface ProfileMeasure {
  readonly name: string;
  readonly unit: Figure["unit"];
  readonly of: (start: ProfiledStart, subject: string) => number;
}

const measures: readonly ProfileMeasure[] = [
  { name: "load", unit: "ms", of: ({ load }, subject) => milliseconds(load, subject) },
  { name: "first event", unit: "ms", of: ({ firstEvent }, subject) => milliseconds(firstEvent, subject) },
  {
    name: "share of both",
    unit: "%",
    of: ({ load, firstEvent, over }, subject) =>
      ((milliseconds(load, subject) + milliseconds(firstEvent, subject)) / over) * 100,
  },
];

/** The same starts for all groups, the quiet half by the whole, so that groups are parts of one thing. */
function figuresOf(method: Method, starts: readonly ProfiledStart[]): Figure[] {
  const kept = quietHalfBy(starts, ({ over }) => over);
  return [...groupNames, whole].flatMap((subject) =>
    measures.map(({ name, unit, of }) => {
      const numberOf = (start: ProfiledStart) => of(start, subject);
      return {
        subject,
        measure: `${method} ${name}`,
        unit,
        median: quantile(kept.map(numberOf), 0.5),
        p10: quantile(starts.map(numberOf), 0.1),
        p90: quantile(starts.map(numberOf), 0.9),
        samples: starts.length,
      };
    }),
  );
}
