import type { Log } from "../../shared/runtime/logger";
import type { Metrics } from "../../shared/runtime/metrics";
import type { SweepStore } from "../../shared/tasks/sweep-store";
import type { TaskQueue } from "../../shared/tasks/task-queue";
import type { TaskRepository } from "../../shared/tasks/task-repository";

export interface SweepDependencies {
  readonly repository: TaskRepository;
  readonly sweepStore: SweepStore;
  readonly queue: Pick<TaskQueue, "sendAll">;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => Date;
  /** Until Lambda ends the invocation. */
  readonly remainingMilliseconds: () => number;
  /** The queue's visibility timeout. */
  readonly redeliverySeconds: number;
  /** The queue's retention and one visibility timeout: after it a message is no longer in the queue. */
  readonly messageLifetimeSeconds: number;
}

/** Why a sweep runs beyond its schedule. */
export interface SweepReason {
  /** Treats the messages of all tasks that were queued before then as lost, e.g. after a purge. */
  readonly queuedBefore?: Date | undefined;
  /** Treats those of running tasks whose lease has ended as lost, too: they are in the queue of another region. */
  readonly failover?: boolean | undefined;
}

/** The tasks that a sweep has changed. */
export interface SweepCounts {
  readonly abandoned: number;
  readonly lost: number;
  readonly sent: number;
  readonly rejected: number;
  readonly failed: number;
}
