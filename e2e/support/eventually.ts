import { setTimeout as delay } from "node:timers/promises";

const pollMilliseconds = 250;

/**
 * Polls for a result.
 * @param poll returns undefined while there is none
 * @returns the result, or undefined after the timeout
 */
export async function within<T>(
  seconds: number,
  poll: () => Promise<T | undefined>,
  intervalMilliseconds = pollMilliseconds,
): Promise<T | undefined> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await poll();
    if (found !== undefined || Date.now() > deadline) return found;
    await delay(intervalMilliseconds);
  }
}

/**
 * Waits until a condition is true.
 * @param condition as the error states it: `task 1 is queued`
 * @param poll returns undefined while the condition is false
 * @throws {Error} after the timeout
 */
export async function eventually<T>(
  condition: string,
  seconds: number,
  poll: () => Promise<T | undefined>,
): Promise<T> {
  const found = await within(seconds, poll);
  if (found === undefined) throw new Error(`Expected within ${seconds} s: ${condition}`);
  return found;
}

/**
 * Polls until nothing is left, or what is left has not become less for that time.
 * @returns what is left
 */
export async function untilNone(
  seconds: number,
  intervalMilliseconds: number,
  countLeft: () => Promise<number>,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let deadline = Date.now() + seconds * 1000;
  for (;;) {
    const left = await countLeft();
    if (left === 0 || (left >= least && Date.now() > deadline)) return left;
    if (left < least) deadline = Date.now() + seconds * 1000;
    least = Math.min(least, left);
    await delay(intervalMilliseconds);
  }
}
