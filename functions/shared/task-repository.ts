import type { Task, TaskState } from "./task";

/** What came of an attempt to begin a task. */
export type Claim =
  | { readonly outcome: "claimed"; readonly task: Task }
  /** It has succeeded, or was cancelled: a message for it has nothing left to do. */
  | { readonly outcome: "finished"; readonly task: Task }
  /** Another worker holds it, and its lease has not run out. */
  | { readonly outcome: "busy" }
  | { readonly outcome: "unknown" };

export interface ListQuery {
  readonly state?: TaskState;
  readonly type?: string;
  readonly limit: number;
  /** Lists tasks whose id sorts before this one. */
  readonly before?: string;
}

/** What a client may turn a task into: cancelled, or waiting again, to be sent for that request. */
export type Transition =
  { readonly state: "cancelled" } | { readonly state: "pending"; readonly requestId: string };

export interface TransitionResult {
  readonly changed: boolean;
  /** The task as it is now; undefined when there is none. */
  readonly task: Task | undefined;
}

/** Where tasks are kept. All changes of a task's state go through here, each a single conditional write. */
export interface TaskRepository {
  /**
   * Writes a new task together with its outbox mark.
   * @returns false when another request has made a task with that id before; nothing is changed then
   */
  accept(task: Task, requestId: string): Promise<boolean>;
  /** Takes note that the task's message is in the queue: `pending` becomes `queued`, and the outbox mark goes. */
  markSent(id: string): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  /** Turns a task that is in one of these states into another, with an outbox mark if it is to be sent again. */
  transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult>;
  /** At most `limit` tasks, newest first. */
  list(query: ListQuery): Promise<Task[]>;
  /** Tasks made since then, newest first. */
  createdSince(time: Date): AsyncIterable<Task>;
  /** Tasks whose message is not known to be sent, accepted before then, with the request that handed them in. */
  unsent(acceptedBefore: Date, limit: number): Promise<{ task: Task; requestId: string }[]>;
  /**
   * Begins an attempt; the caller then holds the task until the lease ends. A failed task may be begun again: its
   * dead letter was moved back to the queue.
   */
  claim(id: string, leaseEnds: Date): Promise<Claim>;
  /**
   * Records the effect and the success of an attempt in one transaction.
   * @throws {LostLeaseError} when the task is not this attempt's any more; nothing is changed then
   */
  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void>;
  /** Ends an attempt that failed: the task waits for the next one, or is `failed` for good. */
  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<void>;
  /** Ends a task that no attempt can begin, e.g. since its message cannot be read. */
  giveUp(id: string, error: string): Promise<void>;
  /**
   * Ends tasks whose worker died in their last attempt: their lease ended before then, and nobody has begun them since.
   * @returns how many
   */
  failAbandoned(leaseEndedBefore: Date, error: string): Promise<number>;
}

/** The attempt took longer than its lease, and another has begun. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";

  constructor(id: string, cause: unknown) {
    super(`Another attempt at task ${id} has begun since this one`, { cause });
  }
}
