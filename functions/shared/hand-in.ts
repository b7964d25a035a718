import type { Adapters } from "./adapters";
import type { Log } from "./logger";
import type { TaskMessage } from "./message";
import type { Task } from "./task";
import type { TaskRepository } from "./task-repository";

export interface HandInDependencies extends Adapters {
  readonly log: Log;
}

/** The message that asks the worker for a task. */
export const messageOf = ({ id, type, payload }: Task, requestId: string): TaskMessage => ({
  version: 1,
  taskId: id,
  type,
  payload,
  requestId,
});

/**
 * Accepts a task and sends its message. Once accepted it is never lost: what goes wrong after that is made good by
 * the producer's sweep, since the outbox mark stays until the message is known to be sent.
 * @returns the task as it is now, or undefined when there was one with its id before
 * @throws {Error} when the task was not accepted
 */
export async function handIn(
  task: Task,
  requestId: string,
  { repository, queue, log }: HandInDependencies,
): Promise<Task | undefined> {
  if (repository === undefined) {
    await queue.send(messageOf(task, requestId));
    return { ...task, state: "queued" };
  }
  if (!(await repository.accept(task, requestId))) return undefined;
  return sendAccepted(task, requestId, repository, { queue, log });
}

/**
 * Sends the message of a task that has its outbox mark. If that fails, the mark stays and the sweep makes it good.
 * @returns the task as it is now
 */
export async function sendAccepted(
  task: Task,
  requestId: string,
  repository: TaskRepository,
  { queue, log }: Pick<HandInDependencies, "queue" | "log">,
): Promise<Task> {
  try {
    await queue.send(messageOf(task, requestId));
    await repository.markSent(task.id);
    return { ...task, state: "queued" };
  } catch (error) {
    log.warn("accepted, but not known to be sent: left to the sweep", {
      taskId: task.id,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    return task;
  }
}
