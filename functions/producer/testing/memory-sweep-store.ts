import { shardOf, allShards } from "../../shared/aws/dynamodb/shards";
import type { Task } from "../../shared/tasks/task";
import { firstIdAt } from "../../shared/tasks/task-id";
import type { Entry, MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import type { FoundPage, SweepStore } from "../../shared/tasks/sweep-store";
import { rotateShards, readShards, type ReadShard } from "../sweep/read-shards";

type Found = Entry & { readonly id: string };

/** The sweep's reads of tasks in memory, with the rules of the real ones. */
export class MemorySweepStore implements SweepStore {
  lease: { readonly holder: string; readonly ends: number } | undefined;
  /** By task id: reads of thousands of tasks would spend most of their time on hashes. */
  private readonly shards = new Map<string, number>();

  constructor(
    private readonly repository: MemoryTaskRepository,
    private readonly now = () => new Date(),
    private readonly pageSize = 100,
    /** Called for each read. */
    private readonly onRead: () => void = () => undefined,
  ) {}

  acquireLease(holder: string, ends: Date): Promise<boolean> {
    const isFree =
      this.lease === undefined || this.lease.ends < this.now().getTime() || this.lease.holder === holder;
    if (isFree) this.lease = { holder, ends: ends.getTime() };
    return Promise.resolve(isFree);
  }

  releaseLease(holder: string): Promise<void> {
    if (this.lease?.holder === holder) this.lease = { holder, ends: 0 };
    return Promise.resolve();
  }

  listUnpublished(changedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk(
      ({ task }) => task.state === "pending" && task.id < firstIdAt(changedBefore),
      ({ task }) => task.updatedAt < changedBefore.toISOString(),
    );
  }

  listAbandoned(leaseEndedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk(
      ({ task }) => task.state === "running",
      ({ leaseEnds = 0 }) => leaseEnds < leaseEndedBefore.getTime(),
    );
  }

  listQueued(changedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk(
      ({ task }) => task.state === "queued" && task.id < firstIdAt(changedBefore),
      ({ task }) => task.updatedAt < changedBefore.toISOString(),
    );
  }

  requeue({ id, state, updatedAt }: Task): Promise<boolean> {
    const entry = this.repository.entries.get(id);
    if (entry?.task.state !== state || entry.task.updatedAt !== updatedAt) return Promise.resolve(false);
    const { revision } = entry.task;
    const changed = {
      state: "pending",
      revision: revision + 1,
      updatedAt: this.now().toISOString(),
    } as const;
    this.repository.entries.set(id, { ...entry, task: { ...entry.task, ...changed } });
    return Promise.resolve(true);
  }

  private shardOf(id: string): number {
    const shard = this.shards.get(id) ?? shardOf(id);
    this.shards.set(id, shard);
    return shard;
  }

  private async *walk(
    isInIndex: (entry: Entry) => boolean,
    isWanted: (entry: Entry) => boolean,
  ): AsyncGenerator<FoundPage> {
    const read: ReadShard<Found, string> = (shard, end, after) => {
      this.onRead();
      const direction = end === "oldest" ? 1 : -1;
      const left = [...this.repository.entries.values()]
        .filter((entry) => this.shardOf(entry.task.id) === shard && isInIndex(entry))
        .map((entry) => ({ ...entry, id: entry.task.id }))
        .sort((a, b) => (a.id < b.id ? -direction : direction))
        .filter(({ id }) => after === undefined || (end === "oldest" ? id > after : id < after));
      const items = left.slice(0, this.pageSize);
      return Promise.resolve({ items, next: left.length > items.length ? items.at(-1)?.id : undefined });
    };
    for await (const { items } of readShards(rotateShards(allShards, this.now()), read)) {
      const found = items.filter(isWanted).map(({ task, origin }) => ({ task, origin }));
      yield { found, unreadable: [] };
    }
  }
}
