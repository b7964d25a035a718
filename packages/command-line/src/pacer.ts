import { setTimeout } from "node:timers/promises";

/** Waits so that calls return at most `rate` times per second. */
export function pacer(rate: number): () => Promise<void> {
  let next = Date.now();
  return async () => {
    const wait = next - Date.now();
    // Set before the wait, so that calls that run at the same time are apart too.
    next = Math.max(next, Date.now()) + 1_000 / rate;
    await setTimeout(Math.max(0, wait));
  };
}
