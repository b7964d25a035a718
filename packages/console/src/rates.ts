import * as z from "zod";
import { parseJson } from "../../local-cloud/src/parse-json";
import type { LogLine, RateSeries, TypeTimes } from "./model";

/** Names of the service's metrics. */
export interface MetricNames {
  readonly accepted: string;
  readonly succeeded: string;
  readonly failed: string;
  /** Milliseconds until the first attempt. */
  readonly wait: string;
  /** Milliseconds until the success. */
  readonly total: string;
}

const document = z.looseObject({
  _aws: z.looseObject({ Timestamp: z.number() }),
  Type: z.string().optional(),
});
const ended = z.looseObject({ type: z.string(), milliseconds: z.number() });

interface OfType {
  accepted: number;
  succeeded: number;
  failed: number;
  readonly wait: number[];
  readonly total: number[];
  readonly run: number[];
}

/**
 * Counts per minute and times by type, from lines in CloudWatch's embedded metric format and from the lines that the worker
 * logs about attempts.
 */
export function ratesOf(
  lines: readonly LogLine[],
  names: MetricNames,
  since: number,
  until: number,
): { readonly series: RateSeries; readonly types: TypeTimes[] } {
  const series = emptySeries(since, until);
  const [first = 0] = series.minutes;
  const types = new Map<string, OfType>();
  const ofType = (type: string): OfType => {
    const found = types.get(type) ?? { accepted: 0, succeeded: 0, failed: 0, wait: [], total: [], run: [] };
    types.set(type, found);
    return found;
  };
  for (const { raw, at } of lines) {
    const json = parseJson(raw);
    const metric = document.safeParse(json).data;
    if (metric === undefined) {
      const attempt = ended.safeParse(json).data;
      if (attempt !== undefined) ofType(attempt.type).run.push(attempt.milliseconds);
      continue;
    }
    if (metric.Type === undefined) continue;
    const found = ofType(metric.Type);
    const minute = Math.floor((metric._aws.Timestamp || at) / 60_000) - first / 60;
    for (const name of ["accepted", "succeeded", "failed"] as const) {
      const count = numbersOf(metric[names[name]]).reduce((sum, each) => sum + each, 0);
      found[name] += count;
      const values = series[name];
      if (values[minute] !== undefined) values[minute] += count;
    }
    found.wait.push(...numbersOf(metric[names.wait]));
    found.total.push(...numbersOf(metric[names.total]));
  }
  return { series, types: [...types].map(([type, values]) => timesOf(type, values)).sort(byCount) };
}

const byCount = (one: TypeTimes, other: TypeTimes) =>
  other.accepted + other.succeeded - (one.accepted + one.succeeded);

const timesOf = (type: string, { wait, total, run, ...counts }: OfType): TypeTimes => ({
  type,
  ...counts,
  ...{ waitP95: percentile(wait, 0.95), runP95: percentile(run, 0.95), totalP95: percentile(total, 0.95) },
});

const numbersOf = (value: unknown): number[] =>
  [value].flat().filter((each): each is number => typeof each === "number");

/** The nearest rank; undefined without values. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

type WritableSeries = { readonly [Name in keyof RateSeries]: number[] };

/** A minute for each point; the current one included. */
export function emptySeries(since: number, until: number): WritableSeries {
  const first = Math.floor(since / 60_000);
  const minutes = Array.from(
    { length: Math.floor(until / 60_000) - first + 1 },
    (_, at) => (first + at) * 60,
  );
  const zeros = () => minutes.map(() => 0);
  return { minutes, accepted: zeros(), succeeded: zeros(), failed: zeros() };
}
