import { newTask, type Task } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import { messageOf } from "../../shared/tasks/submit-task";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository, type Entry } from "../../shared/testing/memory-task-repository";
import { silentLog } from "../../shared/testing/silent-log";
import { silentMetrics } from "../../shared/testing/recorded-metrics";
import { sweep } from "../sweep/sweep";
import type { SweepCounts } from "../sweep/sweep-types";
import { MemorySweepStore } from "./memory-sweep-store";

/** How long a worker holds its claim. */
export const leaseMilliseconds = 30_000;

interface Write {
  readonly from: Region;
  readonly id: string;
  readonly entry: Entry;
  /** DynamoDB keeps the item that was written last. */
  readonly at: number;
}

/** A region: its copy of the table, and its queue. */
export class Region {
  readonly repository: MemoryTaskRepository;
  readonly queue = new MemoryTaskQueue();
  readonly writtenAt = new Map<string, number>();
  private readonly store: MemorySweepStore;
  private readonly known = new Map<string, Entry>();

  constructor(private readonly now: () => Date) {
    this.repository = new MemoryTaskRepository(now);
    this.store = new MemorySweepStore(this.repository, now);
  }

  /** Writes of this region since the last call. */
  changes(): Write[] {
    const changed = [...this.repository.entries].filter(([id, entry]) => this.known.get(id) !== entry);
    return changed.map(([id, entry]) => {
      const at = this.now().getTime();
      this.known.set(id, entry);
      this.writtenAt.set(id, at);
      return { from: this, id, entry, at };
    });
  }

  /** Applies a write of the other region, unless this one has written the item later. */
  replicate({ id, entry, at }: Write): void {
    if ((this.writtenAt.get(id) ?? -1) > at) return;
    this.writtenAt.set(id, at);
    this.known.set(id, entry);
    this.repository.entries.set(id, entry);
  }

  async accept(): Promise<Task> {
    const task = newTask(newTaskId(this.now()), "echo", {}, this.now());
    await this.repository.create(task, { requestId: task.id });
    return task;
  }

  async publish({ id }: Task): Promise<void> {
    const entry = this.repository.entries.get(id);
    if (entry?.task.state !== "pending") return;
    const message = messageOf(entry.task, entry.origin);
    await this.queue.send(message);
    await this.repository.markPublished(message);
  }

  /** Delivers the message of a task, or the next one. */
  async claim(task?: Task): Promise<Task | undefined> {
    const { messages } = this.queue;
    const index = task === undefined ? 0 : messages.findIndex(({ taskId }) => taskId === task.id);
    const [message] = messages.splice(index, 1);
    if (message === undefined) return undefined;
    const ends = new Date(this.now().getTime() + leaseMilliseconds);
    const claim = await this.repository.claim(message, ends);
    return claim.outcome === "claimed" ? claim.task : undefined;
  }

  async runAll(): Promise<void> {
    while (this.queue.messages.length > 0) {
      const task = await this.claim();
      if (task !== undefined) await this.repository.succeed(task, {});
    }
  }

  takeOver(): Promise<SweepCounts | undefined> {
    return sweep(
      {
        ...{ repository: this.repository, sweepStore: this.store, queue: this.queue, now: this.now },
        ...{ log: silentLog, metrics: silentMetrics, remainingMilliseconds: () => 60_000 },
        ...{ redeliverySeconds: 180, messageLifetimeSeconds: 4 * 24 * 3600 },
      },
      { queuedBefore: this.now(), failover: true },
    );
  }
}

/** Two regions whose tables replicate in both directions, each write after a lag, and the last writer wins. */
export class ReplicatedRegions {
  time: number;
  readonly first: Region;
  readonly second: Region;
  isCut = false;
  private inTransit: Write[] = [];

  constructor(
    start: Date,
    readonly lagMilliseconds: number,
  ) {
    this.time = start.getTime();
    const now = () => new Date(this.time);
    this.first = new Region(now);
    this.second = new Region(now);
  }

  /** Lets time pass, and delivers what has been in transit for the lag. */
  pass(milliseconds: number): void {
    this.collect();
    this.time += milliseconds;
    if (this.isCut) return;
    const isDue = ({ at }: Write) => at + this.lagMilliseconds <= this.time;
    for (const write of this.inTransit.filter(isDue)) this.other(write.from).replicate(write);
    this.inTransit = this.inTransit.filter((write) => !isDue(write));
  }

  /** Connects the regions again, and delivers everything. */
  heal(): void {
    this.isCut = false;
    this.pass(this.lagMilliseconds);
  }

  /** How often the effect of a task was recorded, in both regions. */
  effectsOf(id: string): number {
    return [this.first, this.second]
      .flatMap(({ repository }) => repository.effects)
      .filter((each) => each === id).length;
  }

  private collect(): void {
    this.inTransit.push(...this.first.changes(), ...this.second.changes());
  }

  private other(region: Region): Region {
    return region === this.first ? this.second : this.first;
  }
}
