import type { Task, TaskState } from "../tasks/task";
import {
  LostLeaseError,
  type CreateResult,
  type Claim,
  type Idempotency,
  type ListQuery,
  type TaskRepository,
  type TaskRevision,
  type Transition,
  type TransitionResult,
} from "../tasks/task-repository";

/** A stored task. */
export interface Entry {
  task: Task;
  requestId: string;
  unpublished: boolean;
  leaseEnds?: number;
}

/** Tasks in memory, with the rules of the real repository, which tests can inspect. */
export class MemoryTaskRepository implements TaskRepository {
  readonly entries = new Map<string, Entry>();
  private readonly records = new Map<string, Idempotency & { readonly task: Task }>();
  /** One line for each effect: the ledger. */
  readonly effects: string[] = [];
  /** Whether another request with the same idempotency key is in progress. */
  hasConflict = false;

  constructor(private readonly now = () => new Date()) {}

  create(task: Task, requestId: string, idempotency?: Idempotency): Promise<CreateResult> {
    if (idempotency !== undefined && this.hasConflict) return Promise.resolve({ outcome: "inProgress" });
    const record = idempotency && this.records.get(idempotency.scope);
    if (record !== undefined && record.expiresAt >= this.now()) {
      return Promise.resolve(
        record.payloadHash === idempotency?.payloadHash
          ? { outcome: "replayed", task: record.task }
          : { outcome: "mismatch" },
      );
    }
    const there = this.entries.get(task.id);
    if (there !== undefined)
      return Promise.resolve({ outcome: there.requestId === requestId ? "created" : "exists" });
    this.entries.set(task.id, { task, requestId, unpublished: true });
    if (idempotency !== undefined) this.records.set(idempotency.scope, { ...idempotency, task });
    return Promise.resolve({ outcome: "created" });
  }

  markPublished({ taskId, revision }: TaskRevision): Promise<void> {
    const isSame = ({ task }: Entry) => task.state === "pending" && task.revision <= revision;
    return this.change(taskId, isSame, { state: "queued" }, { unpublished: false });
  }

  get(id: string): Promise<Task | undefined> {
    return Promise.resolve(this.entries.get(id)?.task);
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const entry = this.entries.get(id);
    const changed = entry !== undefined && from.includes(entry.task.state);
    const more =
      to.state === "pending" ? { unpublished: true, requestId: to.requestId } : { unpublished: false };
    const revision = (entry?.task.revision ?? 0) + (to.state === "pending" ? 1 : 0);
    if (changed) await this.change(id, () => true, { state: to.state, revision }, more);
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

  claim({ taskId: id, revision }: TaskRevision, leaseEnds: Date, exclusive = false): Promise<Claim> {
    const entry = this.entries.get(id);
    if (entry === undefined) return Promise.resolve({ outcome: "unknown" });
    if (entry.task.revision > revision) return Promise.resolve({ outcome: "stale" });
    const { state, attempts } = entry.task;
    const isFree = state === "pending" || state === "queued" || state === "failed";
    const hasLapsed = state === "running" && (entry.leaseEnds ?? 0) < this.now().getTime();
    if (hasLapsed && !exclusive) return Promise.resolve({ outcome: "interrupted", attempts });
    if (!isFree && !hasLapsed) {
      return Promise.resolve(
        state === "running" ? { outcome: "busy" } : { outcome: "finished", task: entry.task },
      );
    }
    const updatedAt = this.now().toISOString();
    const task: Task = { ...entry.task, state: "running", attempts: attempts + 1, updatedAt };
    this.entries.set(id, { ...entry, task, unpublished: false, leaseEnds: leaseEnds.getTime() });
    return Promise.resolve({ outcome: "claimed", task });
  }

  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void> {
    if (!this.isHeld(claimed)) return Promise.reject(new LostLeaseError(claimed.id, undefined));
    this.effects.push(claimed.id);
    const entry = this.entries.get(claimed.id);
    if (entry !== undefined) {
      const task = { ...entry.task };
      delete task.error;
      this.entries.set(claimed.id, { ...entry, task });
    }
    return this.change(claimed.id, () => true, { state: "succeeded", result });
  }

  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<void> {
    return this.change(claimed.id, () => this.isHeld(claimed), { state: next, error });
  }

  markFailed({ taskId, revision }: TaskRevision, error: string): Promise<void> {
    const isWaiting = ({ task }: Entry) =>
      (task.state === "pending" || task.state === "queued") && task.revision <= revision;
    return this.change(taskId, isWaiting, { state: "failed", error }, { unpublished: false });
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
    if (entry && may(entry)) {
      const updatedAt = this.now().toISOString();
      this.entries.set(id, { ...entry, ...more, task: { ...entry.task, ...to, updatedAt } });
    }
    return Promise.resolve();
  }
}
