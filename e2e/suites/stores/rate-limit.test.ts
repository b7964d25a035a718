import { setTimeout as delay } from "node:timers/promises";
import type { RateLimiter } from "../../../functions/shared/runtime/rate-limit";
import { openRateLimiter } from "../../../functions/shared/valkey/rate-limiter";
import { testApi } from "../../../functions/api/testing/test-api";
import { recordedMetrics } from "../../../functions/shared/testing/recorded-metrics";
import { freePort } from "../../../packages/aws-stub/src/loopback";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";
import { startValkey, type Valkey } from "../../../packages/local-databases/src/valkey";

jest.setTimeout(120_000);
const { tools } = localPaths();
let valkey: Valkey;
const opened: RateLimiter[] = [];
beforeAll(async () => {
  valkey = await startValkey({ tools });
});
afterEach(() => {
  for (const limiter of opened.splice(0)) limiter.close();
});
afterAll(() => valkey.stop());

const limiter = (perMinute: number, burst: number, url = valkey.url) => {
  const created = openRateLimiter(url, { perMinute, burst });
  opened.push(created);
  return created;
};

test("of many requests at once by many functions, exactly the burst is allowed, for each caller", async () => {
  const functions = Array.from({ length: 20 }, () => limiter(1, 50));
  for (const caller of ["a", "b"]) {
    const verdicts = await Promise.all(
      functions.flatMap((each) => Array.from({ length: 25 }, () => each.take(`many-${caller}`))),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(50);
    const refused = verdicts.flatMap((verdict) => (verdict.allowed ? [] : verdict.retryAfterSeconds));
    expect(refused).toHaveLength(450);
    expect(Math.min(...refused)).toBeGreaterThanOrEqual(59);
    expect(Math.max(...refused)).toBeLessThanOrEqual(60);
  }
});

test("after the burst requests are allowed at the rate, and none is early", async () => {
  const each = limiter(600, 3);
  const started = performance.now();
  let allowed = 0;
  while (performance.now() - started < 1_500) {
    if ((await each.take("steady")).allowed) allowed += 1;
    const elapsed = performance.now() - started;
    // One in 100 ms, in addition to the burst; a clock may differ by one.
    expect(allowed).toBeLessThanOrEqual(3 + Math.floor(elapsed / 100) + 1);
    await delay(5);
  }
  expect(allowed).toBeGreaterThanOrEqual(3 + 12);
});

test("a request after the time of Retry-After is allowed", async () => {
  const each = limiter(60, 1);
  expect(await each.take("waiting")).toEqual({ allowed: true });
  const verdict = await each.take("waiting");
  if (verdict.allowed) throw new Error("Expected a refusal");
  await delay(verdict.retryAfterSeconds * 1000);
  expect(await each.take("waiting")).toEqual({ allowed: true });
});

test("the API refuses requests above the rate with 429 and Retry-After, and not its health check", async () => {
  const { metrics, documents } = recordedMetrics();
  const { api } = testApi({ rateLimiter: limiter(1, 2), metrics });
  const statuses: number[] = [];
  for (let request = 0; request < 4; request++) statuses.push((await api.get("/tasks")).status);
  expect(statuses).toEqual([200, 200, 429, 429]);
  const { headers, body } = await api.get("/tasks");
  expect(Number(headers["retry-after"])).toBeGreaterThan(50);
  expect(body).toMatchObject({ type: "/problems/rate-limited", status: 429 });
  await api.get("/health").expect(200);
  expect(documents().filter(({ RequestsLimited }) => RequestsLimited === 1)).toHaveLength(3);
});

test("a cache that does not respond refuses no request, takes little time, and is counted", async () => {
  const gone = limiter(1, 1, `redis://127.0.0.1:${await freePort()}`);
  const { metrics, documents } = recordedMetrics();
  const { api } = testApi({ rateLimiter: gone, metrics });
  const started = performance.now();
  for (let request = 0; request < 3; request++) await api.get("/tasks").expect(200);
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(documents().filter(({ RateLimitUnavailable }) => RateLimitUnavailable === 1)).toHaveLength(3);
});
