import { createMetrics, type Metrics } from "../runtime/metrics";

/** Metrics that write nothing. */
export const silentMetrics: Metrics = { record: () => undefined, recordOf: () => undefined };

/** Metrics, and the documents that they write; `echo` is registered. */
export function recordedMetrics(types: readonly string[] = ["echo"]) {
  const lines: string[] = [];
  const environment = { PROJECT: "tasks", ENVIRONMENT: "test" };
  const metrics = createMetrics(environment, types, (line) => void lines.push(line));
  return {
    metrics,
    lines,
    documents: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
