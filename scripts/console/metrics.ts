import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { metricNamespace, type TypeMetric } from "@serverless-tasks/functions/shared/runtime/metrics";
import { functionNames } from "@serverless-tasks/functions/service";
import { taskTypes } from "@serverless-tasks/functions/worker/handlers";
import { naming } from "../../deploy/shared/naming";
import type { RateSeries, TypeTimes } from "../../packages/console/src/model";
import { emptySeries, type MetricNames } from "../../packages/console/src/rates";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

type Account = Pick<EnvironmentAccount, "config" | "client">;

/** The metrics that the rates are computed from. */
export const metricNames: MetricNames = {
  accepted: "TasksAccepted",
  succeeded: "TasksSucceeded",
  failed: "TasksFailed",
  wait: "AcceptToStart",
  total: "AcceptToDone",
} satisfies Readonly<Record<keyof MetricNames, TypeMetric>>;

const counted = ["accepted", "succeeded", "failed"] as const;
const timed = { waitP95: metricNames.wait, totalP95: metricNames.total } as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostQueries = 500;

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const queryOf = (
  id: string,
  { namespace, name, dimensions }: Metric,
  Stat: string,
  periodSeconds: number,
): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Stat,
    Period: periodSeconds,
  },
});

interface Values {
  readonly id: string;
  readonly times: readonly Date[];
  readonly values: readonly number[];
}

async function metricData(
  { client }: Account,
  queries: readonly MetricDataQuery[],
  since: number,
  until: number,
): Promise<Map<string, Values>> {
  const cloudwatch = new CloudWatchClient(client);
  const found = new Map<string, Values>();
  for (let at = 0; at < queries.length; at += mostQueries) {
    let NextToken: string | undefined;
    do {
      const page = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(since),
          EndTime: new Date(until),
          MetricDataQueries: queries.slice(at, at + mostQueries),
          NextToken,
        }),
      );
      for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
        const before = found.get(Id);
        found.set(Id, {
          id: Id,
          times: [...(before?.times ?? []), ...Timestamps],
          values: [...(before?.values ?? []), ...Values],
        });
      }
      ({ NextToken } = page);
    } while (NextToken !== undefined);
  }
  return found;
}

/** Rates and times of an environment, as CloudWatch has them. */
export async function metricRates(
  account: Account,
  since: number,
  until: number,
): Promise<{ readonly series: RateSeries; readonly types: TypeTimes[] }> {
  const { core, name } = account.config;
  const metricOf = (type: string, metric: string): Metric => ({
    namespace: metricNamespace,
    name: metric,
    dimensions: { Service: core.project, Environment: name, Type: type },
  });
  const whole = Math.ceil((until - since) / 60_000) * 60;
  const names = taskTypes.map((type) => type.name as string);
  const queries = names.flatMap((type, at) => [
    ...counted.map((kind) => queryOf(`${kind}${at}`, metricOf(type, metricNames[kind]), "Sum", 60)),
    ...Object.entries(timed).map(([kind, metric]) =>
      queryOf(`${kind}${at}`, metricOf(type, metric), "p95", whole),
    ),
  ]);
  const data = await metricData(account, queries, since, until);
  const series = emptySeries(since, until);
  const [first = 0] = series.minutes;
  const types = names.map((type, at): TypeTimes => {
    const sumOf = (kind: (typeof counted)[number]) => {
      const { times = [], values = [] } = data.get(`${kind}${at}`) ?? {};
      for (const [index, time] of times.entries()) {
        const minute = Math.floor(time.getTime() / 60_000) - first / 60;
        const before = series[kind][minute];
        if (before !== undefined) series[kind][minute] = before + (values[index] ?? 0);
      }
      return values.reduce((sum, value) => sum + value, 0);
    };
    const timeOf = (kind: keyof typeof timed) => {
      const { values = [] } = data.get(`${kind}${at}`) ?? {};
      return values.length === 0 ? undefined : Math.max(...values);
    };
    return {
      ...{ type, accepted: sumOf("accepted"), succeeded: sumOf("succeeded"), failed: sumOf("failed") },
      ...{ waitP95: timeOf("waitP95"), totalP95: timeOf("totalP95") },
    };
  });
  const isSeen = ({ accepted, succeeded, failed }: TypeTimes) => accepted + succeeded + failed > 0;
  return { series, types: types.filter(isSeen) };
}

/** Invocations and errors of each function in the last hour. */
export async function functionCounts(
  account: Account,
  now = Date.now(),
): Promise<Map<string, { readonly invocations: number; readonly errors: number }>> {
  const nameOf = naming(account.config);
  const hour = 3_600;
  const queries = functionNames.flatMap((name) =>
    (["Invocations", "Errors"] as const).map((metric) =>
      queryOf(
        `${metric.toLowerCase()}_${name}`,
        { namespace: "AWS/Lambda", name: metric, dimensions: { FunctionName: nameOf(name) } },
        "Sum",
        hour,
      ),
    ),
  );
  const data = await metricData(account, queries, now - hour * 1_000, now);
  const sum = (id: string) => (data.get(id)?.values ?? []).reduce((total, value) => total + value, 0);
  return new Map(
    functionNames.map((name) => [
      name,
      { invocations: sum(`invocations_${name}`), errors: sum(`errors_${name}`) },
    ]),
  );
}

/** The age of a queue's oldest message in seconds, as CloudWatch has it; within the last minutes. */
export async function oldestSeconds(
  account: Account,
  queues: readonly string[],
  now = Date.now(),
): Promise<Map<string, number>> {
  const queries = queues.map((queue, at) =>
    queryOf(
      `age${at}`,
      { namespace: "AWS/SQS", name: "ApproximateAgeOfOldestMessage", dimensions: { QueueName: queue } },
      "Maximum",
      60,
    ),
  );
  const data = await metricData(account, queries, now - 600_000, now);
  return new Map(
    queues.flatMap((name, at) => {
      const [newest] = data.get(`age${at}`)?.values ?? [];
      return newest === undefined ? [] : [[name, newest] as const];
    }),
  );
}
