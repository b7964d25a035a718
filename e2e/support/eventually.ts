import { setTimeout as delay } from "node:timers/promises";

const pollMilliseconds = 250;

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
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await delay(pollMilliseconds);
  }
}
