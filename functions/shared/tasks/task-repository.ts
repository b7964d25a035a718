import type { Task, TaskState } from "./task";

/** What came of an attempt to begin a task. */
export type Claim =
  | { readonly outcome: "claimed"; readonly task: Task }
  /** It has succeeded, or was cancelled: a message for it has nothing left to do. */
  | { readonly outcome: "finished"; readonly task: Task }
  /** It was handed in again since: there is a newer message. */
  | { readonly outcome: "stale" }
  /** Another worker holds it, and its lease has not run out. */
  | { readonly outcome: "busy" }
  /** Its worker ended in the middle of the last of its attempts: it is claimed only when it is to run alone. */
  | { readonly outcome: "interrupted"; readonly attempts: number }
  | { readonly outcome: "unknown" };

/** What became of a task that was to be accepted. */
export type CreateResult =
  | { readonly outcome: "created" }
  /** There is one with that id, made by another request. */
  | { readonly outcome: "exists" }
  /** A request with that idempotency key was accepted before, as this task. */
  | { readonly outcome: "replayed"; readonly task: Task }
  /** The idempotency key was used for something else before. */
  | { readonly outcome: "mismatch" }
  /** Another request with that idempotency key is being accepted right now. */
  | { readonly outcome: "inProgress" };

/** A client's wish that a request, sent again, is the same request. */
export interface Idempotency {
  /** What the key means and to whom, as one text: the same text is the same request. */
  readonly scope: string;
  /** Hash of what is asked for. */
  readonly payloadHash: string;
  /** When the key is free again. */
  readonly expiresAt: Date;
}

/** One delivery's word about a task. */
export interface TaskRevision {
  readonly taskId: string;
  readonly revision: number;
}

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

/** What the table holds in the place of a task, in a form that this version of the service cannot read. */
export interface UnreadableTask {
  readonly id: string;
  readonly unreadable: true;
}

/** Trying again does not help: only a change of the service or of the table does. */
export class UnreadableTaskError extends Error {
  override readonly name = "UnreadableTaskError";

  constructor(cause: unknown) {
    super("This version of the service cannot read the stored task", { cause });
  }
}

/**
 * Where tasks are kept. All changes of a task's state go through here, each a single conditional write.
 * What returns one task throws an UnreadableTaskError when the table holds something else in its place.
 */
export interface TaskRepository {
  /**
   * Writes a new task together with its outbox mark, and with its idempotency record if there is to be one.
   * Nothing is written unless it is accepted.
   */
  create(task: Task, requestId: string, idempotency?: Idempotency): Promise<CreateResult>;
  /** Takes note that the task's message is in the queue: `pending` becomes `queued`, and the outbox mark goes. */
  markPublished(message: TaskRevision): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  /** Turns a task that is in one of these states into another, with an outbox mark if it is to be sent again. */
  transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult>;
  /** At most `limit` tasks, newest first, those among them that cannot be read by their ids alone. */
  list(query: ListQuery): Promise<(Task | UnreadableTask)[]>;
  /** Tasks made since then, newest first, without those that cannot be read. */
  createdSince(time: Date): AsyncIterable<Task>;
  /**
   * Begins an attempt; the caller then holds the task until the lease ends. A failed task may be begun again: its
   * dead letter was moved back to the queue. An older revision than the task's may not.
   * @param alone whether a task is claimed, too, whose worker ended in the middle of an attempt: it may be the task that
   * ended it, and end this one with all that it is working on
   */
  claim(message: TaskRevision, leaseEnds: Date, exclusive?: boolean): Promise<Claim>;
  /**
   * Records the effect and the success of an attempt in one transaction.
   * @throws {LostLeaseError} when the task is not this attempt's any more; nothing is changed then
   */
  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void>;
  /** Ends an attempt that failed: the task waits for the next one, or is `failed` for good. */
  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<void>;
  /** Ends a task that no attempt can begin, e.g. since its message cannot be read; unless a newer one is to come. */
  markFailed(message: TaskRevision, error: string): Promise<void>;
}

/** The attempt took longer than its lease, and another has begun. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";

  constructor(id: string, cause: unknown) {
    super(`Another attempt at task ${id} has started`, { cause });
  }
}
