import type { Method } from "./events";
import { groupNames, type GroupTimes } from "./group-times";
import type { ProfiledStart } from "./profiled-start";
import type { Figure } from "./results";
import { quantile, quietHalfBy } from "./statistics";

/** The last row. */
const whole = "all of it";

interface ProfileMeasure {
  readonly name: string;
  readonly unit: Figure["unit"];
  readonly of: (start: ProfiledStart, subject: string) => number;
  /** What is told of the starts that are kept. */
  readonly told: (starts: readonly ProfiledStart[], subject: string) => number;
}

const measures: readonly ProfileMeasure[] = [
  medianOf("load", ({ load }, subject) => milliseconds(load, subject)),
  medianOf("first event", ({ firstEvent }, subject) => milliseconds(firstEvent, subject)),
  {
    name: "share of both",
    unit: "%",
    of: (start, subject) => share([start], subject),
    // Of all together, so that the shares of the groups add up to the whole, which medians do but nearly.
    told: share,
  },
];

function medianOf(name: string, of: ProfileMeasure["of"]): ProfileMeasure {
  return {
    name,
    unit: "ms",
    of,
    told: (starts, subject) =>
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

/** A row of each group: of the same starts, the quiet half by the whole, so that groups are parts of one thing. */
export function profileFigures(method: Method, starts: readonly ProfiledStart[]): Figure[] {
  const kept = quietHalfBy(starts, ({ over }) => over);
  return [...groupNames, whole].flatMap((subject) =>
    measures.map(({ name, unit, of, told }) => {
      const each = starts.map((start) => of(start, subject));
      return {
        subject,
        measure: `${method} ${name}`,
        unit,
        median: told(kept, subject),
        p10: quantile(each, 0.1),
        p90: quantile(each, 0.9),
        samples: starts.length,
      };
    }),
  );
}
