import * as z from "zod";
import type { GraphMetric } from "./definition";

const minute = 60_000;
const values = z.union([z.number(), z.array(z.number())]);
const document = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
type Document = z.output<typeof document>;

/** The metrics in the log lines of functions, with the statistics that CloudWatch computes of them. */
export class EmbeddedMetrics {
  private readonly documents: readonly Document[];

  constructor(lines: readonly string[]) {
    this.documents = lines
      .filter((line) => line.includes('"CloudWatchMetrics"'))
      .flatMap((line) => document.safeParse(JSON.parse(line)).data ?? []);
  }

  /** The statistic of a metric in each minute that has values, in whatever service and environment it was written. */
  points({ namespace, name, dimensions, statistic }: GraphMetric, from: Date): [number, number][] {
    const names = Object.keys(dimensions).sort().join();
    const found = this.documents.filter(
      (each) =>
        each._aws.CloudWatchMetrics.some(
          ({ Namespace, Dimensions, Metrics }) =>
            Namespace === namespace &&
            Dimensions.some((set) => [...set].sort().join() === names) &&
            Metrics.some(({ Name }) => Name === name),
        ) && each.Type === dimensions.Type,
    );
    const byMinute = new Map<number, number[]>();
    for (const each of found) {
      const at = Math.floor((each._aws.Timestamp - from.getTime()) / minute);
      if (at >= 0) byMinute.set(at, [...(byMinute.get(at) ?? []), ...[values.parse(each[name])].flat()]);
    }
    return [...byMinute]
      .map(([at, all]): [number, number] => [at, statisticOf(statistic, all)])
      .sort(([one], [other]) => one - other);
  }
}

/** @param statistic `Sum`, `Maximum`, or a percentile such as `p95`, by the nearest rank */
function statisticOf(statistic: string, all: readonly number[]): number {
  if (statistic === "Sum") return all.reduce((total, each) => total + each, 0);
  if (statistic === "Maximum") return Math.max(...all);
  const [, percent] = /^p(\d+)$/.exec(statistic) ?? [];
  if (percent === undefined) throw new Error(`Expected Sum, Maximum or a percentile, found ${statistic}`);
  const sorted = [...all].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)] ?? 0;
}
