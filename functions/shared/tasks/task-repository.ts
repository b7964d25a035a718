import type { MaybeTrace } from "../runtime/trace";
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

/** The request or event that submitted a task, with its trace. */
export interface Origin extends MaybeTrace {
  readonly requestId: string;
  /** The message group of the caller: SQS keeps one group from delaying the others. */
  readonly group?: string | undefined;
}

/** The origin in an object that has more. An item and a message have these attributes. */
export const originOf = ({ requestId, group, traceparent, xrayTrace }: Origin): Origin => ({
  requestId,
  group,
  traceparent,
  xrayTrace,
});

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
  readonly state?: TaskState | undefined;
  readonly type?: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
  /** Lists tasks whose id sorts before this one. */
  readonly before?: string | undefined;
}

export interface TaskPage {
  /** Newest first. An unreadable one is represented by its id. */
  readonly tasks: readonly (Task | UnreadableTask)[];
  /** Where the next page begins: `before` of its query. Undefined on the last page. */
  readonly next: string | undefined;
}

export interface TaskCounts {
  readonly total: number;
  readonly byState: Readonly<Record<TaskState, number>>;
  /** Of the types that were asked for. */
  readonly byType: Readonly<Record<string, number>>;
}

/** What a client may change a task to: cancelled, or pending again for that request. */
export type Transition =
  | { readonly state: "cancelled" }
  | { readonly state: "pending"; readonly origin: Origin };

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
   * Creates a task in the outbox, and its idempotency record if one is given, in one write or none.
   */
  create(task: Task, origin: Origin, idempotency?: Idempotency): Promise<CreateResult>;
  /** Removes the task from the outbox after its message was sent: `pending` becomes `queued`. */
  markPublished(message: TaskRevision): Promise<void>;
  /** @returns undefined for a task that does not exist or has expired */
  get(id: string): Promise<Task | undefined>;
  /** Changes a task that is in one of these states. */
  transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult>;
  /**
   * A page of at most `limit` tasks. It does a bounded amount of work, whatever the table holds: a page may have fewer
   * tasks, or none, and a next page. docs/decisions/0001-table-keys.md
   */
  list(query: ListQuery): Promise<TaskPage>;
  /** Counts the tasks created since then, approximately while tasks change. */
  countSince(time: Date, types: readonly string[]): Promise<TaskCounts>;
  /**
   * Starts an attempt; the caller has the lease until it ends. A failed task can be claimed: its dead letter was moved
   * back to the queue. A message of an older revision cannot claim the task.
   * @param exclusive whether to claim a task whose worker ended during an attempt. The task may have caused that, so the
   * caller runs it while no other task is running.
   */
  claim(message: TaskRevision, leaseEnds: Date, exclusive?: boolean): Promise<Claim>;
  /**
   * Records the effect and the success of an attempt in one conditional write. Called again for the same attempt, it
   * changes nothing.
   * @throws {LostLeaseError} if another attempt has the lease; nothing is changed then
   */
  succeed(claimed: Task, result: NonNullable<Task["result"]>): Promise<void>;
  /**
   * Ends a failed attempt: the task is `queued` for the next one, or `failed`.
   * @returns false if another attempt has the lease
   */
  endAttempt(claimed: Task, error: string, next: "queued" | "failed"): Promise<boolean>;
  /**
   * Marks a pending or queued task failed, unless it has a newer revision than the message.
   * @returns whether it did
   */
  markFailed(message: TaskRevision, error: string): Promise<boolean>;
}

/** Another attempt has the lease. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";

  constructor(id: string) {
    super(`Another attempt at task ${id} has started`);
  }
}
