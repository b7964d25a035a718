/** The module of the cache's layer: it is loaded where a cache limits rates, and nowhere else. */
import { Redis } from "iovalkey";
import type { Limit, RateLimiter, Verdict } from "../runtime/rate-limit";

/** A request waits for the cache no longer than that; the cache responds within a millisecond. */
const connectMilliseconds = 500;
const commandMilliseconds = 200;

/**
 * The generic cell rate algorithm: one value for each caller, the time at which its next request is due (TAT). A request
 * that comes more than the burst before that time is refused. Valkey runs one script at a time, and the time is that of the
 * server, so that the limit is exact whatever number of functions ask. https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 * Returns whether the request is allowed, and the microseconds until the next one is.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local burst = tonumber(ARGV[2])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local allowed_at = due + interval - burst * interval
if allowed_at > now then
  return {0, math.ceil(allowed_at - now)}
end
local next_due = due + interval
redis.call('SET', KEYS[1], string.format('%.0f', next_due), 'PX', math.ceil((next_due - now) / 1000))
return {1, 0}
`;

interface Scripted {
  takeCell(key: string, interval: number, burst: number): Promise<[number, number]>;
}

const microsecondsOfAMinute = 60_000_000;

/** @param url `rediss://host:6379` with TLS, or `redis://` without */
export function openRateLimiter(url: string, { perMinute, burst }: Limit): RateLimiter {
  let isClosed = false;
  const client = new Redis(url, {
    connectTimeout: connectMilliseconds,
    commandTimeout: commandMilliseconds,
    // A request does not wait for another attempt.
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => (isClosed ? null : Math.min(100 * attempt, 2_000)),
    enableReadyCheck: false,
  });
  // Each call reports its own error.
  client.on("error", () => undefined);
  client.defineCommand("takeCell", { numberOfKeys: 1, lua: script });
  // The method that defineCommand adds.
  const scripted = client as unknown as Scripted;
  const interval = Math.ceil(microsecondsOfAMinute / perMinute);
  return {
    take: async (caller): Promise<Verdict> => {
      const [allowed, wait] = await scripted.takeCell(`rate:${caller}`, interval, burst);
      return allowed === 1
        ? { allowed: true }
        : { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(wait / 1_000_000)) };
    },
    close: () => {
      isClosed = true;
      client.disconnect();
    },
  };
}
