import type { Task, TaskState } from "../task";
import {
  LostLeaseError,
  type Claim,
  type ListQuery,
  type TaskRepository,
  type Transition,
  type TransitionResult,
} from "../task-repository";

interface Entry {
  task: Task;
  requestId: string;
  unsent: boolean;
  leaseEnds?: number;
}

/** Tasks in memory, with the rules of the real repository; for tests, which may look into it. */
export class MemoryTaskRepository implements TaskRepository {
  readonly entries = new Map<string, Entry>();
  /** One line for each effect: the ledger. */
  readonly effects: string[] = [];

  constructor(private readonly now = () => new Date()) {}

  accept(task: Task, requestId: string): Promise<boolean> {
    const there = this.entries.get(task.id);
    if (there !== undefined) return Promise.resolve(there.requestId === requestId);
    this.entries.set(task.id, { task, requestId, unsent: true });
    return Promise.resolve(true);
  }

  markSent(id: string): Promise<void> {
    return this.change(id, ({ task }) => task.state === "pending", { state: "queued" }, { unsent: false });
  }

  get(id: string): Promise<Task | undefined> {
    return Promise.resolve(this.entries.get(id)?.task);
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const entry = this.entries.get(id);
    const changed = entry !== undefined && from.includes(entry.task.state);
    const more = to.state === "pending" ? { unsent: true, requestId: to.requestId } : { unsent: false };
    if (changed) await this.change(id, () => true, { state: to.state }, more);
    return { changed, task: this.entries.get(id)?.task };
  }

  list({ state, type, limit, before = "~" }: ListQuery): Promise<Task[]> {
    const found = this.newestFirst().filter(
      (task) => task.id < before && (!state || task.state === state) && (!type || task.type === type),
    );
    return Promise.resolve(found.slice(0, limit));
  }

  async *createdSince(time: Date): AsyncGenerator<Task> {
    yield* await Promise.resolve(
      this.newestFirst().filter(({ createdAt }) => createdAt >= time.toISOString()),
    );
  }

  unsent(acceptedBefore: Date, limit: number) {
    const found = [...this.entries.values()].filter(
      ({ task, unsent }) => unsent && task.createdAt < acceptedBefore.toISOString(),
    );
    return Promise.resolve(found.slice(0, limit).map(({ task, requestId }) => ({ task, requestId })));
  }

  claim(id: string, leaseEnds: Date): Promise<Claim> {
    const entry = this.entries.get(id);
    if (entry === undefined) return Promise.resolve({ outcome: "unknown" });
    const { state, attempts } = entry.task;
    const isFree = state === "pending" || state === "queued" || state === "failed";
    const hasLapsed = state === "running" && (entry.leaseEnds ?? 0) < this.now().getTime();
    if (!isFree && !hasLapsed) {
      return Promise.resolve(
        state === "running" ? { outcome: "busy" } : { outcome: "finished", task: entry.task },
      );
    }
    const task: Task = { ...entry.task, state: "running", attempts: attempts + 1 };
    this.entries.set(id, { ...entry, task, unsent: false, leaseEnds: leaseEnds.getTime() });
    return Promise.resolve({ outcome: "claimed", task });
  }

  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void> {
    if (!this.isHeld(claimed)) return Promise.reject(new LostLeaseError(claimed.id, undefined));
    this.effects.push(claimed.id);
    return this.change(claimed.id, () => true, { state: "succeeded", result });
  }

  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<void> {
    return this.change(claimed.id, () => this.isHeld(claimed), { state: next, error });
  }

  giveUp(id: string, error: string): Promise<void> {
    const isWaiting = ({ task }: Entry) => task.state === "pending" || task.state === "queued";
    return this.change(id, isWaiting, { state: "failed", error }, { unsent: false });
  }

  async failAbandoned(leaseEndedBefore: Date, error: string): Promise<number> {
    const abandoned = [...this.entries.values()].filter(
      ({ task, leaseEnds = 0 }) => task.state === "running" && leaseEnds < leaseEndedBefore.getTime(),
    );
    for (const { task } of abandoned) await this.endAttempt(task, error, "failed");
    return abandoned.length;
  }

  private isHeld({ id, attempts }: Task): boolean {
    const task = this.entries.get(id)?.task;
    return task?.state === "running" && task.attempts === attempts;
  }

  private newestFirst(): Task[] {
    return [...this.entries.values()].map(({ task }) => task).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  private change(id: string, may: (entry: Entry) => boolean, to: Partial<Task>, more: Partial<Entry> = {}) {
    const entry = this.entries.get(id);
    if (entry && may(entry)) this.entries.set(id, { ...entry, ...more, task: { ...entry.task, ...to } });
    return Promise.resolve();
  }
}
