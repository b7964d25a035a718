import type { Method } from "./events";
import { groupNames, type GroupTimes } from "./group-times";
import type { ProfiledStart } from "./profiled-start";
import type { Figure } from "./results";
import { quantile, fasterHalfBy } from "./statistics";

/** The last row. */
const whole = "all of it";

interface ProfileMeasure {
  readonly name: string;
  readonly unit: Figure["unit"];
  readonly of: (start: ProfiledStart, subject: string) => number;
  /** Summarizes the faster half of the starts. */
  readonly summarize: (starts: readonly ProfiledStart[], subject: string) => number;
}

const measures: readonly ProfileMeasure[] = [
  medianOf("load", ({ load }, subject) => milliseconds(load, subject)),
  medianOf("first event", ({ firstEvent }, subject) => milliseconds(firstEvent, subject)),
  {
    name: "share of both",
    unit: "%",
    of: (start, subject) => share([start], subject),
    // Of the sum of all starts, so that the shares add up to 100 %; medians do so only approximately.
    summarize: share,
  },
];

function medianOf(name: string, of: ProfileMeasure["of"]): ProfileMeasure {
  return {
    name,
    unit: "ms",
    of,
    summarize: (starts, subject) =>
      quantile(
        starts.map((start) => of(start, subject)),
        0.5,
      ),
  };
}

function share(starts: readonly ProfiledStart[], subject: string): number {
  const sum = (of: string) =>
    starts.reduce(
      (time, { load, firstEvent }) => time + milliseconds(load, of) + milliseconds(firstEvent, of),
      0,
    );
  return (sum(subject) / sum(whole)) * 100;
}

const milliseconds = (times: GroupTimes, subject: string): number =>
  subject === whole ? [...times.values()].reduce((sum, time) => sum + time, 0) : (times.get(subject) ?? 0);

/** Figures of each group, all of the same starts: the faster half by total time. */
export function profileFigures(method: Method, starts: readonly ProfiledStart[]): Figure[] {
  const kept = fasterHalfBy(starts, ({ over }) => over);
  return [...groupNames, whole].flatMap((subject) =>
    measures.map(({ name, unit, of, summarize }) => {
      const each = starts.map((start) => of(start, subject));
      return {
        subject,
        measure: `${method} ${name}`,
        unit,
        median: summarize(kept, subject),
        p10: quantile(each, 0.1),
        p90: quantile(each, 0.9),
        samples: starts.length,
      };
    }),
  );
}
