import { asError } from "../runtime/as-error";
import type { Adapters } from "../aws/adapters";
import type { Log } from "../runtime/logger";
import type { Metrics } from "../runtime/metrics";
import { isDeliveredDirectly } from "./canary";
import { messageVersion, type TaskMessage } from "./message";
import type { Task } from "./task";
import {
  originOf,
  type CreateResult,
  type Idempotency,
  type Origin,
  type TaskRepository,
} from "./task-repository";

export interface SubmitTaskDependencies extends Adapters {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The SQS message of a task. */
export const messageOf = ({ id, revision, type, payload }: Task, origin: Origin): TaskMessage => ({
  version: messageVersion,
  taskId: id,
  revision,
  type,
  payload,
  ...originOf(origin),
});

/**
 * Creates a task and publishes it. A created task is never lost: if publishing fails, it stays in the outbox and the
 * producer's sweep publishes it.
 * @throws {Error} if the task was not created
 */
export async function submitTask(
  task: Task,
  origin: Origin,
  { repository, queue, log, metrics }: SubmitTaskDependencies,
  idempotency?: Idempotency,
): Promise<CreateResult> {
  if (repository === undefined) {
    if (!isDeliveredDirectly(task)) await queue.send(messageOf(task, origin));
    metrics.recordOf(task.type, { TasksAccepted: 1 });
    return { outcome: "created" };
  }
  const created = await repository.create(task, origin, idempotency);
  if (created.outcome === "replayed") metrics.record({ IdempotentReplays: 1 });
  if (created.outcome === "created") {
    metrics.recordOf(task.type, { TasksAccepted: 1 });
    if (!isDeliveredDirectly(task)) await publish(task, origin, repository, { queue, log });
  }
  return created;
}

/** Sends the message of a task in the outbox and removes the task from it. On failure the task stays for the sweep. */
export async function publish(
  task: Task,
  origin: Origin,
  repository: TaskRepository,
  { queue, log }: Pick<SubmitTaskDependencies, "queue" | "log">,
): Promise<void> {
  try {
    const message = messageOf(task, origin);
    await queue.send(message);
    await repository.markPublished(message);
  } catch (error) {
    log.warn("task created but not published; left to the sweep", {
      taskId: task.id,
      error: asError(error),
    });
  }
}
