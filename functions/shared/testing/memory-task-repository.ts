import { taskState, type Task, type TaskState } from "../tasks/task";
import {
  LostLeaseError,
  type CreateResult,
  type Claim,
  type Idempotency,
  type ListQuery,
  type Origin,
  type TaskCounts,
  type TaskPage,
  type TaskRepository,
  type TaskRevision,
  type Transition,
  type TransitionResult,
} from "../tasks/task-repository";
import { firstIdAt } from "../tasks/task-id";

/** A stored task. */
export interface Entry {
  task: Task;
  origin: Origin;
  leaseEnds?: number;
  /** When a finished task expires. */
  expires?: number;
}

/** Tasks in memory, with the rules of the real repository, which tests can inspect. */
export class MemoryTaskRepository implements TaskRepository {
  readonly entries = new Map<string, Entry>();
  private readonly records = new Map<string, Idempotency & { readonly task: Task }>();
  /** One line for each effect: the ledger. */
  readonly effects: string[] = [];
  /** Whether another request with the same idempotency key is in progress. */
  hasConflict = false;

  constructor(
    private readonly now = () => new Date(),
    /** Undefined if finished tasks never expire. */
    private readonly retentionDays?: number,
  ) {}

  create(task: Task, origin: Origin, idempotency?: Idempotency): Promise<CreateResult> {
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
      return Promise.resolve({ outcome: there.origin.requestId === origin.requestId ? "created" : "exists" });
    this.entries.set(task.id, { task, origin });
    if (idempotency !== undefined) this.records.set(idempotency.scope, { ...idempotency, task });
    return Promise.resolve({ outcome: "created" });
  }

  async markPublished({ taskId, revision }: TaskRevision): Promise<void> {
    const isSame = ({ task }: Entry) => task.state === "pending" && task.revision <= revision;
    await this.change(taskId, isSame, { state: "queued" });
  }

  get(id: string): Promise<Task | undefined> {
    return Promise.resolve(this.find(id)?.task);
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const entry = this.find(id);
    const changed = entry !== undefined && from.includes(entry.task.state);
    const more = to.state === "pending" ? { origin: to.origin } : {};
    const revision = (entry?.task.revision ?? 0) + (to.state === "pending" ? 1 : 0);
    if (changed) await this.change(id, () => true, { state: to.state, revision }, more);
    return { changed, task: this.find(id)?.task };
  }

  list({ state, type, limit, before = "~" }: ListQuery): Promise<TaskPage> {
    const found = this.newestFirst().filter(
      (task) => task.id < before && (!state || task.state === state) && (!type || task.type === type),
    );
    const tasks = found.slice(0, limit);
    return Promise.resolve({ tasks, next: found.length > limit ? tasks.at(-1)?.id : undefined });
  }

  countSince(time: Date, types: readonly string[]): Promise<TaskCounts> {
    const tasks = this.newestFirst().filter(({ id }) => id >= firstIdAt(time));
    const count = <Name extends string>(names: readonly Name[], nameOf: (task: Task) => string) =>
      Object.fromEntries(
        names.map((name) => [name, tasks.filter((task) => nameOf(task) === name).length]),
      ) as Record<Name, number>;
    return Promise.resolve({
      total: tasks.length,
      byState: count(taskState.options, ({ state }) => state),
      byType: count(types, ({ type }) => type),
    });
  }

  claim({ taskId: id, revision }: TaskRevision, leaseEnds: Date, exclusive = false): Promise<Claim> {
    const entry = this.find(id);
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
    const { origin } = entry;
    this.entries.set(id, { origin, task, leaseEnds: leaseEnds.getTime() });
    return Promise.resolve({ outcome: "claimed", task });
  }

  async succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void> {
    const { state, attempts } = this.find(claimed.id)?.task ?? {};
    if (state === "succeeded" && attempts === claimed.attempts) return;
    if (!this.isHeld(claimed)) throw new LostLeaseError(claimed.id);
    this.effects.push(claimed.id);
    const entry = this.entries.get(claimed.id);
    if (entry !== undefined) {
      const task = { ...entry.task };
      delete task.error;
      this.entries.set(claimed.id, { ...entry, task });
    }
    await this.change(claimed.id, () => true, { state: "succeeded", result });
  }

  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<boolean> {
    return this.change(claimed.id, () => this.isHeld(claimed), { state: next, error });
  }

  markFailed({ taskId, revision }: TaskRevision, error: string): Promise<boolean> {
    const isWaiting = ({ task }: Entry) =>
      (task.state === "pending" || task.state === "queued") && task.revision <= revision;
    return this.change(taskId, isWaiting, { state: "failed", error });
  }

  private isHeld({ id, attempts }: Task): boolean {
    const task = this.entries.get(id)?.task;
    return task?.state === "running" && task.attempts === attempts;
  }

  /** Undefined for an expired task. */
  private find(id: string): Entry | undefined {
    const entry = this.entries.get(id);
    return entry === undefined || this.isExpired(entry) ? undefined : entry;
  }

  private isExpired({ expires = Infinity }: Entry): boolean {
    return expires <= this.now().getTime();
  }

  private newestFirst(): Task[] {
    return [...this.entries.values()]
      .filter((entry) => !this.isExpired(entry))
      .map(({ task }) => task)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  private change(id: string, may: (entry: Entry) => boolean, to: Partial<Task>, more: Partial<Entry> = {}) {
    const entry = this.entries.get(id);
    const isChanged = entry !== undefined && may(entry);
    if (isChanged) {
      const updatedAt = this.now().toISOString();
      const task = { ...entry.task, ...to, updatedAt };
      const changed: Entry = { ...entry, ...more, task };
      delete changed.expires;
      const isFinished = ["succeeded", "failed", "cancelled"].includes(task.state);
      if (isFinished && this.retentionDays !== undefined)
        changed.expires = this.now().getTime() + this.retentionDays * 24 * 3_600_000;
      this.entries.set(id, changed);
    }
    return Promise.resolve(isChanged);
  }
}
