import type { DashboardGraph } from "./definition";
import type { EmbeddedMetrics } from "./embedded-metrics";

/** A line of a graph. */
export interface GraphLine {
  readonly label: string;
  readonly points: readonly (readonly [minute: number, value: number])[];
}

/** The lines of a graph that have data; metric math is not computed. */
export const linesOf = (
  { metrics, expression }: DashboardGraph,
  data: EmbeddedMetrics,
  from: Date,
): GraphLine[] =>
  expression !== undefined
    ? []
    : metrics.flatMap((metric) => {
        const points = data.points(metric, from);
        const label = metric.dimensions.Type ?? `${metric.name} ${metric.statistic}`;
        return points.length === 0 ? [] : [{ label, points }];
      });
