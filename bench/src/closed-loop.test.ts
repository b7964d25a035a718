import { setTimeout as delay } from "node:timers/promises";
import { closedLoop, percentilesOf } from "./closed-loop";

test("as many requests as clients are in progress, and each response is counted", async () => {
  let [now, most, sent] = [0, 0, 0];
  const { latencies, throughput } = await closedLoop(3, 0.2, async () => {
    sent += 1;
    most = Math.max(most, ++now);
    await delay(10);
    now -= 1;
  });
  expect(most).toBe(3);
  expect(latencies).toHaveLength(sent);
  expect(Math.min(...latencies)).toBeGreaterThan(5);
  expect(throughput).toBeGreaterThan(1);
});

test("a request that fails ends the loop", async () => {
  await expect(closedLoop(2, 10, () => Promise.reject(new Error("status 503")))).rejects.toThrow(
    "status 503",
  );
});

test("percentiles are interpolated", () => {
  expect(percentilesOf(Array.from({ length: 101 }, (_, at) => at))).toEqual([
    ["p50", 50],
    ["p95", 95],
    ["p99", 99],
  ]);
});
