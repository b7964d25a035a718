import * as fc from "fast-check";
import { rotate, type OriginSecretStore } from "./rotate-secret";

/** Secrets Manager, CloudFront, and a function that caches what it has read. */
class Simulation implements OriginSecretStore {
  private current: string | undefined;
  private previous: string | undefined;
  private sending: string | undefined;
  private cached: readonly (string | undefined)[] = [];
  private values = 0;
  private remaining = Number.POSITIVE_INFINITY;

  accepted = () => this.step(() => ({ current: this.current, previous: this.previous }));
  accept = (value: string) =>
    this.step(() => {
      this.previous = this.current;
      this.current = value;
    });
  sent = () => this.step(() => this.sending);
  send = (value: string) =>
    this.step(() => {
      this.sending = value;
    });

  /** The current version, and what CloudFront sends. */
  get stored() {
    return [this.current, this.sending];
  }

  /** The caches expire. */
  read = () => {
    this.cached = [this.current, this.previous];
  };

  /** Whether a request that CloudFront sends now is served, whenever the function has last read. */
  isServed = (): boolean =>
    [this.cached, [this.current, this.previous]].every((accepted) => accepted.includes(this.sending));

  /** Rotates, and fails before the given call. */
  async rotate(callsBeforeFailure = Number.POSITIVE_INFINITY, wait = this.read): Promise<void> {
    this.remaining = callsBeforeFailure;
    const newValue = () => `value-${(this.values += 1)}`;
    await rotate(this, newValue, () => this.step(wait)).catch(() => undefined);
  }

  private step<Result>(act: () => Result): Promise<Result> {
    if (this.remaining <= 0) return Promise.reject(new Error("interrupted"));
    this.remaining -= 1;
    const result = act();
    if (this.sending !== undefined) this.failures += Number(!this.isServed());
    return Promise.resolve(result);
  }
  failures = 0;
}

test("no rotation, however often it is interrupted, has a moment in which requests are refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 })), async (interruptions) => {
      const simulation = new Simulation();
      await simulation.rotate();
      for (const calls of interruptions) await simulation.rotate(calls);
      expect(simulation.failures).toBe(0);
      await simulation.rotate();
      await simulation.rotate();
      expect([simulation.failures, simulation.isServed()]).toEqual([0, true]);
    }),
  );
});

test("without the wait, functions that have not read the new value refuse it", async () => {
  const simulation = new Simulation();
  await simulation.rotate();
  await simulation.rotate(Number.POSITIVE_INFINITY, () => undefined);
  expect(simulation.failures).toBeGreaterThan(0);
});

test("an interrupted rotation is continued with its value", async () => {
  const simulation = new Simulation();
  await simulation.rotate();
  await simulation.rotate(3);
  expect(new Set(simulation.stored).size).toBe(2);
  const [pending] = simulation.stored;
  await simulation.rotate();
  expect(simulation.stored).toEqual([pending, pending]);
});
