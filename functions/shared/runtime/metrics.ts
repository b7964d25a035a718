/** The CloudWatch namespace of the service's own metrics. */
export const metricNamespace = "ServerlessTasks";

/**
 * Metrics of the whole service, with their units. An alarm or a graph on a metric is typed by this list or the next one,
 * and each metric has a test that a function writes it.
 */
export const serviceMetrics = {
  /** Responses to a request whose idempotency key has created a task before. */
  IdempotentReplays: "Count",
  /** For how long the oldest task in the outbox, of those that a sweep has found, has not been published; 0 without one. */
  OutboxOldestSeconds: "Seconds",
  /** Tasks in the outbox that a sweep has found, before it published them. */
  OutboxDepth: "Count",
  /** Tasks that a sweep has published. */
  SweepSent: "Count",
} as const;

/** Metrics of the whole service where a cache limits rates. */
export const limitMetrics = {
  /** Requests above the rate of their caller. */
  RequestsLimited: "Count",
  /** Requests that were not limited because the cache did not respond. */
  RateLimitUnavailable: "Count",
} as const;
export type ServiceMetric = keyof typeof serviceMetrics | keyof typeof limitMetrics;

/** Metrics of each task type. */
export const typeMetrics = {
  /** Tasks that a request or a schedule has created. */
  TasksAccepted: "Count",
  TasksSucceeded: "Count",
  /** Tasks that have become failed. */
  TasksFailed: "Count",
  /** Deliveries whose task was run, or could not be run, and did not succeed. */
  AttemptsFailed: "Count",
  /** From the creation of a task to its first attempt. */
  AcceptToStart: "Milliseconds",
  /** From the creation of a task to its success, with all retries. */
  AcceptToDone: "Milliseconds",
} as const;
export type TypeMetric = keyof typeof typeMetrics;

/** The dimensions of the metrics: all values are bounded. */
export const serviceDimensions = ["Service", "Environment"] as const;
export const typeDimensions = [...serviceDimensions, "Type"] as const;

/** Instead of the type of a task that is not registered; no name of a task type has brackets. */
export const unknownType = "(unknown)";

/** Values by metric: one, or the values of several tasks. */
type Values<Name extends string> = { readonly [Each in Name]?: number | readonly number[] };

/** Records metrics of the service, and of a task type. */
export interface Metrics {
  record(values: Values<ServiceMetric>): void;
  recordOf(type: string, values: Values<TypeMetric>): void;
}

interface MetricsEnvironment {
  readonly PROJECT: string;
  readonly ENVIRONMENT: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const maxValues = 100;
const units: Readonly<Record<string, string>> = { ...serviceMetrics, ...limitMetrics, ...typeMetrics };

/**
 * Writes metrics as log lines in CloudWatch's embedded metric format, from which CloudWatch extracts them. Lambda treats a
 * line without a level as INFO.
 * @param types the registered task types: another one would be a dimension that clients or messages choose
 */
export function createMetrics(
  { PROJECT, ENVIRONMENT }: MetricsEnvironment,
  types: readonly string[],
  write: (line: string) => void = writeLine,
  now: () => Date = () => new Date(),
): Metrics {
  const shared = { Service: PROJECT, Environment: ENVIRONMENT };
  const known = new Set(types);
  const writeAll = (dimensions: Readonly<Record<string, string>>, values: Values<string>) => {
    for (const part of parts(values)) write(JSON.stringify(metricDocument(dimensions, part, now())));
  };
  return {
    record: (values) => {
      writeAll(shared, values);
    },
    recordOf: (type, values) => {
      writeAll({ ...shared, Type: known.has(type) ? type : unknownType }, values);
    },
  };
}

/** A document of the embedded metric format. */
const metricDocument = (dimensions: Readonly<Record<string, string>>, values: Values<string>, now: Date) => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: metricNamespace,
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.keys(values).map((Name) => ({ Name, Unit: units[Name] })),
      },
    ],
  },
  ...dimensions,
  ...values,
});

/** Values in groups of which each fits one document; none without values. */
function* parts(values: Values<string>): Generator<Values<string>> {
  const lists = Object.entries(values).map(([name, value = []]) => [name, [value].flat()] as const);
  const longest = Math.max(0, ...lists.map(([, list]) => list.length));
  for (let from = 0; from < longest; from += maxValues) {
    const some = lists.map(([name, list]) => [name, list.slice(from, from + maxValues)] as const);
    yield Object.fromEntries(
      some.flatMap(([name, [first, ...more]]) =>
        first === undefined ? [] : [[name, more.length === 0 ? first : [first, ...more]]],
      ),
    );
  }
}

/** console.log would wrap the line in another JSON object. */
const writeLine = (line: string) => void process.stdout.write(`${line}\n`);
