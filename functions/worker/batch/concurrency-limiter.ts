import { findTaskType } from "../attempt/run-task";

/**
 * At most `free` holders at a time; the others wait in order.
 * Not p-limit, which with its queue would add 1.1 KB to each cold start for these 15 lines.
 */
class Semaphore {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async acquire(): Promise<void> {
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.free -= 1;
  }

  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}

/** Limits the concurrent attempts of each task type in a batch. */
export class ConcurrencyLimiter {
  private readonly byType = new Map<string, Semaphore>();

  /** Undefined when the type allows any number. */
  of(type: string): Semaphore | undefined {
    const concurrency = findTaskType(type)?.concurrency ?? Number.POSITIVE_INFINITY;
    if (concurrency === Number.POSITIVE_INFINITY) return undefined;
    const limiter = this.byType.get(type) ?? new Semaphore(concurrency);
    this.byType.set(type, limiter);
    return limiter;
  }
}
