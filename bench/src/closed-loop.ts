import { quantile } from "./statistics";

/** Requests of a closed loop: each client sends its next request when it has the response to the last one. */
export interface ClosedLoop {
  /** Responses per second. */
  readonly throughput: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
}

/** @param send throws unless the response is a success */
export async function closedLoop(
  clients: number,
  seconds: number,
  send: () => Promise<void>,
): Promise<ClosedLoop> {
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      await send();
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { throughput: latencies.length / ((performance.now() - started) / 1000), latencies };
}

export const percentiles = [50, 95, 99] as const;

/** `p50`, `p95` and `p99` of values. */
export const percentilesOf = (values: readonly number[]) =>
  percentiles.map((percent) => [`p${percent}`, quantile(values, percent / 100)] as const);
