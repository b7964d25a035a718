import { taskTypeNamed } from "./run-task";

/** Lets a few in at once, the others in the order of their coming when one has left. */
class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async enter(): Promise<void> {
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.free -= 1;
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}

/** How many messages of each type may be worked on at once. */
export class TypeSlots {
  private readonly byType = new Map<string, Slots>();

  /** Undefined when the type allows any number. */
  of(type: string): Slots | undefined {
    const concurrency = taskTypeNamed(type)?.concurrency ?? Number.POSITIVE_INFINITY;
    if (concurrency === Number.POSITIVE_INFINITY) return undefined;
    const slots = this.byType.get(type) ?? new Slots(concurrency);
    this.byType.set(type, slots);
    return slots;
  }
}
