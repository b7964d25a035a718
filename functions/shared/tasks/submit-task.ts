import { asError } from "../runtime/as-error";
import type { Adapters } from "../aws/adapters";
import type { Log } from "../runtime/logger";
import { messageVersion, type TaskMessage } from "./message";
import type { Task } from "./task";
import type { CreateResult, Idempotency, TaskRepository } from "./task-repository";

export interface SubmitTaskDependencies extends Adapters {
  readonly log: Log;
}

/** The SQS message of a task. */
export const messageOf = ({ id, revision, type, payload }: Task, requestId: string): TaskMessage => ({
  version: messageVersion,
  taskId: id,
  revision,
  type,
  payload,
  requestId,
});

/**
 * Creates a task and publishes it. A created task is never lost: if publishing fails, its outbox mark stays and the
 * producer's sweep publishes it.
 * @throws {Error} if the task was not created
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

/** Sends the message of a task in the outbox and removes the task from it. On failure the task stays for the sweep. */
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
