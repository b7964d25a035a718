import type { Task } from "./task";
import type { Origin } from "./task-repository";

/** A task as the sweep finds it, with what its message names. */
export interface FoundTask {
  readonly task: Task;
  readonly origin: Origin;
}

/** The result of one read. */
export interface FoundPage {
  readonly found: readonly FoundTask[];
  /** An error for each item that is not a readable task. */
  readonly unreadable: readonly Error[];
  /** A part of the table could not be read. */
  readonly error?: Error;
}

/**
 * What the sweep reads. Each method reads all shards round-robin, alternately from the oldest and the newest end, and
 * returns each task once.
 */
export interface SweepStore {
  /**
   * Takes the lease of the sweep, so that no two sweeps send the same tasks.
   * @param holder of this invocation only: the same holder may take it twice, since a reply may be lost
   * @returns whether no other sweep holds it
   */
  acquireLease(holder: string, ends: Date): Promise<boolean>;
  /** Ends the lease, if this holder still has it. */
  releaseLease(holder: string): Promise<void>;
  /** Tasks in the outbox that have not changed since then. */
  listUnpublished(changedBefore: Date): AsyncIterable<FoundPage>;
  /** Running tasks whose lease ended before then. */
  listAbandoned(leaseEndedBefore: Date): AsyncIterable<FoundPage>;
  /** Queued tasks that have not changed since then. */
  listQueued(changedBefore: Date): AsyncIterable<FoundPage>;
  /**
   * Puts a task that was found queued, or running, back in the outbox with its next revision, so that a message of the
   * revision before has no effect any more, and a running attempt records none.
   * @returns whether the task had not changed since it was found
   */
  requeue(task: Task): Promise<boolean>;
  /**
   * Deletes a bounded number of expired tasks and idempotency records, for a store that does not do that by itself.
   * @returns how many
   */
  readonly deleteExpired?: () => Promise<number>;
}
