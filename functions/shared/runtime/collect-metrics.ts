import { typeMetrics, type Metrics, type TypeMetric } from "./metrics";

/** Metrics that are written together, to save log lines. */
export interface CollectedMetrics extends Pick<Metrics, "recordOf"> {
  /** Writes the metrics that were recorded since the last time. */
  flush(): void;
}

/** Collects the metrics of many tasks: counts of a task type are added up, times are listed. */
export function collectMetrics(metrics: Pick<Metrics, "recordOf">): CollectedMetrics {
  const byType = new Map<string, Partial<Record<TypeMetric, number[]>>>();
  return {
    recordOf: (type, values) => {
      const collected = byType.get(type) ?? {};
      byType.set(type, collected);
      for (const name of namesOf(values)) {
        const list = (collected[name] ??= []);
        const value = values[name] ?? [];
        if (typeof value === "number") list.push(value);
        else list.push(...value);
      }
    },
    flush: () => {
      for (const [type, values] of byType) metrics.recordOf(type, added(values));
      byType.clear();
    },
  };
}

// Object.keys returns string[]; the values have no other keys.
const namesOf = (values: object) => Object.keys(values) as TypeMetric[];

const added = (values: Readonly<Partial<Record<TypeMetric, readonly number[]>>>) =>
  Object.fromEntries(
    namesOf(values).map((name) => {
      const all = values[name] ?? [];
      const isCount = typeMetrics[name] === "Count";
      return [name, isCount ? all.reduce((total, each) => total + each, 0) : all];
    }),
  );
