import type { SweepStore } from "../tasks/sweep-store";
import type { Task } from "../tasks/task";
import type { TaskRepository, TaskRevision } from "../tasks/task-repository";
import { afterNoon } from "./builders";

/** Days until a finished task expires in the backends. */
export const retentionDays = 7;

export interface Backend {
  readonly repository: TaskRepository;
  readonly sweepStore: SweepStore;
  /** The current time, which a test may change. */
  readonly clock: { now: Date };
  /** Sets whether another request with an idempotency key is in progress. */
  readonly setInProgress: (isInProgress: boolean) => void | Promise<void>;
}

/** Creates an empty store. */
export type CreateBackend = () => Backend | Promise<Backend>;

/** The revision of a task that was not retried. */
export const firstRevision = (task: Task): TaskRevision => ({ taskId: task.id, revision: 1 });

/** Creates a task, and claims it for 30 s. */
export async function createAndClaim({ repository }: Backend, task: Task): Promise<Task> {
  await repository.create(task, { requestId: "request-1" });
  const result = await repository.claim(firstRevision(task), afterNoon(30));
  if (result.outcome !== "claimed") throw new Error(result.outcome);
  return result.task;
}
