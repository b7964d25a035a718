import type { Limit, RateLimiter } from "../runtime/rate-limit";

/** A limiter whose code is in a layer of its own, which is loaded while the function starts. */
export function lazyRateLimiter(url: string, limit: Limit): RateLimiter {
  const load = async () => (await import("./rate-limiter.js")).openRateLimiter(url, limit);
  const limiter = load();
  // Each call reports the error.
  limiter.catch(() => undefined);
  return {
    take: async (caller) => (await limiter).take(caller),
    close: () =>
      void limiter.then((loaded) => {
        loaded.close();
      }),
  };
}
