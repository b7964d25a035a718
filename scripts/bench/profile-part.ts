import { defaultBuildFolder } from "../build/paths";
import { methods, type Method } from "./events";
import { groupNames, type GroupTimes } from "./group-times";
import { httpCases } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll } from "./prepare";
import { placesOf } from "./profile-places";
import { profiledStart, type ProfiledStart } from "./profiled-start";
import type { Figure } from "./results";
import { interleaved } from "./rounds";
import { shapes } from "./shapes";
import { quantile, quietHalfBy } from "./statistics";

const rounds = 20;

/** Where the time of a cold start of the deployed API goes. */
export async function profilePart(context: BenchContext): Promise<Measured> {
  const ours = shapes.filter(({ name }) => name === "ours");
  const cases = httpCases(await prepareAll(ours, context));
  const profiling = {
    env: await lambdaEnvironment("api", context.stub.endpoint),
    folder: context.folder,
    placeOf: placesOf(defaultBuildFolder),
  };
  const starts = await interleaved(cases, (of) => profiledStart(of, profiling), roundsOf(context, rounds));
  const startsOf = (method: Method) =>
    [...starts].filter(([of]) => of.method === method).flatMap(([, taken]) => taken);
  return {
    figures: methods.flatMap((method) => figuresOf(method, startsOf(method))),
    comparisons: [],
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
