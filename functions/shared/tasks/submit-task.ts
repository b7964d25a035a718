import { asError } from "../runtime/as-error";
import type { Adapters } from "../aws/adapters";
import type { Log } from "../runtime/logger";
import { messageVersion, type TaskMessage } from "./message";
import type { Task } from "./task";
import type { CreateResult, Idempotency, TaskRepository } from "./task-repository";

export interface SubmitTaskDependencies extends Adapters {
  readonly log: Log;
}

/** The message that asks the worker for a task. */
export const messageOf = ({ id, revision, type, payload }: Task, requestId: string): TaskMessage => ({
  version: messageVersion,
  taskId: id,
  revision,
  type,
  payload,
  requestId,
});

/**
 * Accepts a task and sends its message. Once accepted it is never lost: what goes wrong after that is made good by
 * the producer's sweep, since the outbox mark stays until the message is known to be sent.
 * @throws {Error} when the task was not accepted
 */
export async function submitTask(
  task: Task,
  requestId: string,
  { repository, queue, log }: SubmitTaskDependencies,
  idempotency?: Idempotency,
): Promise<CreateResult> {
  if (repository === undefined) {
    await queue.send(messageOf(task, requestId));
    return { outcome: "created" };
  }
  const created = await repository.create(task, requestId, idempotency);
  if (created.outcome === "created") await publish(task, requestId, repository, { queue, log });
  return created;
}

/** Sends the message of a task that has its outbox mark. If that fails, the mark stays and the sweep makes it good. */
export async function publish(
  task: Task,
  requestId: string,
  repository: TaskRepository,
  { queue, log }: Pick<SubmitTaskDependencies, "queue" | "log">,
): Promise<void> {
  try {
    const message = messageOf(task, requestId);
    await queue.send(message);
    await repository.markPublished(message);
  } catch (error) {
    log.warn("task created but not published; left to the sweep", {
      taskId: task.id,
      error: asError(error),
    });
  }
}
