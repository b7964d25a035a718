import * as z from "zod";

/** A metric of a graph, with the statistic of its datapoints. */
export interface GraphMetric {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

/** A graph of a dashboard. */
export interface DashboardGraph {
  readonly title: string;
  readonly metrics: readonly GraphMetric[];
  /** Metric math on the ids; instead of the metrics. */
  readonly expression: string | undefined;
  readonly thresholds: readonly number[];
}

const row = z.array(z.unknown());
const properties = z.object({
  title: z.string(),
  metrics: z.array(row),
  annotations: z.object({ horizontal: z.array(z.object({ value: z.number() })) }),
});
const widget = z.discriminatedUnion("type", [
  z.object({ type: z.literal("alarm") }),
  z.object({ type: z.literal("metric"), properties }),
]);
const body = z.object({ widgets: z.array(widget) });
const metricOptions = z.object({ id: z.string(), stat: z.string() });
const expressionOptions = z.object({ expression: z.string() });

/**
 * The graphs of a dashboard's body.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const graphsOf = (dashboardBody: string): DashboardGraph[] =>
  body.parse(JSON.parse(dashboardBody)).widgets.flatMap((each) => {
    if (each.type === "alarm") return [];
    const { title, metrics, annotations } = each.properties;
    return [
      {
        title,
        metrics: metrics.flatMap(metricOf),
        expression: metrics.flatMap(
          ([first]) => expressionOptions.safeParse(first).data?.expression ?? [],
        )[0],
        thresholds: annotations.horizontal.map(({ value }) => value),
      },
    ];
  });

function metricOf([namespace, name, ...rest]: unknown[]): GraphMetric[] {
  if (typeof namespace !== "string") return [];
  const { id, stat: statistic } = metricOptions.parse(rest.at(-1));
  const pairs = rest.slice(0, -1).map(String);
  const dimensions = pairs.flatMap((key, at) => (at % 2 === 0 ? [[key, pairs[at + 1] ?? ""] as const] : []));
  return [{ id, namespace, name: String(name), statistic, dimensions: Object.fromEntries(dimensions) }];
}
