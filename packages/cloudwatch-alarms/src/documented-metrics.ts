import * as z from "zod";
import documented from "./aws-metrics.json";

const dimensionSets = z.array(z.array(z.string()));
const namespaces = z
  .record(
    z.string(),
    z.object({
      source: z.url(),
      /** Names of dimensions in alphabetical order. */
      dimensions: dimensionSets,
      statistics: z.array(z.string()),
      /** Metrics with those dimensions, or each with its own. */
      metrics: z.union([z.array(z.string()), z.record(z.string(), dimensionSets)]),
    }),
  )
  .parse(documented);

/** A metric, with the statistic that an alarm or a graph uses. */
export interface UsedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

/** Whether AWS documents the metric, with exactly these dimensions and this statistic. A metric with others has no data. */
export function isDocumented({ namespace, name, statistic, dimensions }: UsedMetric): boolean {
  const known = namespaces[namespace];
  if (known === undefined) return false;
  const { metrics } = known;
  const sets = Array.isArray(metrics)
    ? metrics.includes(name)
      ? known.dimensions
      : []
    : (metrics[name] ?? []);
  const names = Object.keys(dimensions).sort().join();
  const kind = /^p\d/.test(statistic) ? "percentile" : statistic;
  return known.statistics.includes(kind) && sets.some((set) => set.join() === names);
}

const alarmMetric = z.object({
  namespace: z.string(),
  metric_name: z.string(),
  dimensions: z.record(z.string(), z.unknown()),
  statistic: z.string().optional(),
  extended_statistic: z.string().optional(),
  stat: z.string().optional(),
});
const queries = z.array(z.object({ metric: z.unknown().optional() })).catch([]);

/** The metrics of an `aws_cloudwatch_metric_alarm`, from its attributes in Terraform. */
export const metricsOfAlarm = (attributes: Readonly<Record<string, unknown>>): UsedMetric[] =>
  [attributes, ...queries.parse(attributes.metric_query).map(({ metric }) => metric)].flatMap((metric) => {
    const { data } = alarmMetric.safeParse(metric);
    if (data === undefined) return [];
    const { namespace, metric_name: name, dimensions, statistic, extended_statistic, stat } = data;
    return [{ namespace, name, dimensions, statistic: statistic ?? extended_statistic ?? stat ?? "" }];
  });

const dashboard = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())).optional() }) })),
});
const options = z.object({ stat: z.string() });

/** The metrics of a dashboard's graphs: rows of namespace, name, dimensions and values, and options. Expressions have one element. */
export const metricsOfDashboard = (body: string): UsedMetric[] =>
  dashboard.parse(JSON.parse(body)).widgets.flatMap(({ properties: { metrics = [] } }) =>
    metrics.flatMap(([namespace, name, ...rest]) => {
      if (typeof namespace !== "string") return [];
      const pairs = rest.slice(0, -1).map(String);
      const dimensions = pairs.flatMap((key, at) => (at % 2 === 0 ? [[key, pairs[at + 1]] as const] : []));
      const { stat: statistic } = options.parse(rest.at(-1));
      return [{ namespace, name: String(name), statistic, dimensions: Object.fromEntries(dimensions) }];
    }),
  );
