import { setTimeout as delay } from "node:timers/promises";

const pollMilliseconds = 250;

/**
 * Looks again and again, for some time.
 * @param look undefined while there is nothing to see
 * @returns what was seen, or undefined when the time is up
 */
export async function within<T>(
  seconds: number,
  look: () => Promise<T | undefined>,
  pauseMilliseconds = pollMilliseconds,
): Promise<T | undefined> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > deadline) return found;
    await delay(pauseMilliseconds);
  }
}

/**
 * Waits until a condition holds.
 * @param look undefined while it does not
 * @throws {Error} naming what never came
 */
export async function eventually<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const found = await within(seconds, look);
  if (found === undefined) throw new Error(`${what}: not within ${seconds} s`);
  return found;
}
