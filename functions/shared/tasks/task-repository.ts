import type { Task, TaskState } from "./task";

/** The result of claiming a task. */
export type Claim =
  | { readonly outcome: "claimed"; readonly task: Task }
  /** It has succeeded or was cancelled: its message is done. */
  | { readonly outcome: "finished"; readonly task: Task }
  /** The message is of an older revision than the task. */
  | { readonly outcome: "stale" }
  /** Another worker holds the lease. */
  | { readonly outcome: "busy" }
  /** Its worker ended during the last attempt. Only an exclusive claim claims it. */
  | { readonly outcome: "interrupted"; readonly attempts: number }
  | { readonly outcome: "unknown" };

/** The result of creating a task. */
export type CreateResult =
  | { readonly outcome: "created" }
  /** Another request has created a task with that id. */
  | { readonly outcome: "exists" }
  /** An earlier request with that idempotency key has created this task. */
  | { readonly outcome: "replayed"; readonly task: Task }
  /** The idempotency key was used with another payload. */
  | { readonly outcome: "mismatch" }
  /** Another request with that idempotency key is in progress. */
  | { readonly outcome: "inProgress" };

/** The idempotency key of a request. */
export interface Idempotency {
  /** Caller, operation and key as one string. */
  readonly scope: string;
  /** Hash of the request's body. */
  readonly payloadHash: string;
  /** When the key may be used for another request. */
  readonly expiresAt: Date;
}

/** The task and the revision that a message names. */
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

/** What a client may change a task to: cancelled, or pending again for that request. */
export type Transition =
  { readonly state: "cancelled" } | { readonly state: "pending"; readonly requestId: string };

export interface TransitionResult {
  readonly changed: boolean;
  /** The task as it is now; undefined when there is none. */
  readonly task: Task | undefined;
}

/** An item of a task that this version of the service cannot read. */
export interface UnreadableTask {
  readonly id: string;
  readonly unreadable: true;
}

/** Not retryable: only a change of the service or of the item helps. */
export class UnreadableTaskError extends Error {
  override readonly name = "UnreadableTaskError";

  constructor(cause: unknown) {
    super("This version of the service cannot read the stored task", { cause });
  }
}

/**
 * Storage of tasks. Each change of a task's state is one conditional write of the repository.
 * Methods that return one task throw an UnreadableTaskError if the item cannot be read.
 */
export interface TaskRepository {
  /**
   * Creates a task with its outbox mark, and its idempotency record if one is given, in one write or none.
   */
  create(task: Task, requestId: string, idempotency?: Idempotency): Promise<CreateResult>;
  /** Removes the outbox mark after the message was sent: `pending` becomes `queued`. */
  markPublished(message: TaskRevision): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  /** Changes a task that is in one of these states; `pending` also sets the outbox mark. */
  transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult>;
  /** At most `limit` tasks, newest first. An unreadable one is represented by its id. */
  list(query: ListQuery): Promise<(Task | UnreadableTask)[]>;
  /** Tasks created since then, newest first, without unreadable ones. */
  createdSince(time: Date): AsyncIterable<Task>;
  /**
   * Starts an attempt; the caller has the lease until it ends. A failed task can be claimed: its dead letter was moved
   * back to the queue. A message of an older revision cannot claim the task.
   * @param exclusive whether to claim a task whose worker ended during an attempt. The task may have caused that, so the
   * caller runs it while no other task is running.
   */
  claim(message: TaskRevision, leaseEnds: Date, exclusive?: boolean): Promise<Claim>;
  /**
   * Records the effect and the success of an attempt in one transaction.
   * @throws {LostLeaseError} if another attempt has the lease; nothing is changed then
   */
  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void>;
  /** Ends a failed attempt: the task is `queued` for the next one, or `failed`. */
  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<void>;
  /** Marks a pending or queued task failed, unless it has a newer revision than the message. */
  markFailed(message: TaskRevision, error: string): Promise<void>;
}

/** Another attempt has the lease. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";

  constructor(id: string, cause: unknown) {
    super(`Another attempt at task ${id} has started`, { cause });
  }
}
