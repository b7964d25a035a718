import { asError } from "../../shared/runtime/as-error";
import type { Log } from "../../shared/runtime/logger";
import type { TaskMessage } from "../../shared/tasks/message";
import type { Task } from "../../shared/tasks/task";
import type { TaskQueue } from "../../shared/tasks/task-queue";
import type { ReadSecret } from "../../shared/aws/secrets/secrets";
import {
  LostLeaseError,
  UnreadableTaskError,
  type Claim,
  type TaskRepository,
} from "../../shared/tasks/task-repository";
import { runTask } from "./run-task";
import { NonRetryableError, RetryLaterError } from "./retry-policy";

export interface Delivery {
  readonly message: TaskMessage;
  /** SQS moves the message to the dead-letter queue when this delivery fails. */
  readonly isLast: boolean;
  /** The time at which the worker has certainly ended. */
  readonly deadline: Date;
  /** Whether the worker runs no other task at the same time. */
  readonly exclusive: boolean;
  /** The claim of its task, if that was tried before. */
  readonly claim?: Promise<Claim> | undefined;
}

export interface WorkerDependencies {
  /** Undefined when persistence is off. */
  readonly repository: TaskRepository | undefined;
  readonly queue: Pick<TaskQueue, "changeVisibility" | "deleteMessage">;
  readonly secret: ReadSecret;
  readonly log: Log;
  readonly now: () => Date;
  /** 0 to 1, random. */
  readonly random: () => number;
}

/**
 * Runs the task of a message, unless it has finished.
 * @throws {Error} if SQS has to deliver the message again, or move it to the dead-letter queue
 */
export const processMessage = (delivery: Delivery, dependencies: WorkerDependencies): Promise<void> =>
  dependencies.repository === undefined
    ? runWithoutTable(delivery, dependencies)
    : claimAndRun(delivery, dependencies.repository, dependencies);

async function claimAndRun(
  delivery: Delivery,
  repository: TaskRepository,
  dependencies: WorkerDependencies,
): Promise<void> {
  const { message, deadline, exclusive } = delivery;
  const claim = await (delivery.claim ?? repository.claim(message, deadline, exclusive)).catch(
    (error: unknown) => {
      throw error instanceof UnreadableTaskError
        ? new NonRetryableError(error.message, { cause: error })
        : error;
    },
  );
  switch (claim.outcome) {
    case "finished":
      dependencies.log.info("task already finished", { state: claim.task.state });
      return;
    case "stale":
      dependencies.log.info("message is stale", { revision: message.revision });
      return;
    case "busy":
      throw new RetryLaterError("Another worker holds the lease");
    case "interrupted":
      throw new RetryLaterError("A worker ended during an attempt; the next attempt runs alone");
    case "unknown":
      throw new NonRetryableError("The task is not in the table");
    case "claimed":
      return runClaimed(claim.task, delivery, repository, dependencies);
  }
}

async function runClaimed(
  task: Task,
  { message, isLast, deadline }: Delivery,
  repository: TaskRepository,
  { secret, log, now }: WorkerDependencies,
): Promise<void> {
  try {
    const tasksSince = (time: Date) => repository.createdSince(time);
    const context = { taskId: task.id, attempt: task.attempts, log, now: now(), tasksSince, secret };
    await repository.succeed(task, await runTask(message, deadline, context));
    log.info("task succeeded", { attempt: task.attempts });
  } catch (error) {
    if (!(error instanceof LostLeaseError)) {
      // Failed only when the message becomes a dead letter, even if no attempt can help: a message for a task that is
      // failed already would be treated as finished.
      await repository.endAttempt(task, asError(error).message, isLast ? "failed" : "queued");
    }
    throw error;
  }
}

async function runWithoutTable(
  { message, deadline }: Delivery,
  { secret, log, now }: WorkerDependencies,
): Promise<void> {
  // Not SQS's receive count: without a table, attempts are not counted.
  const context = { taskId: message.taskId, attempt: 1, log, now: now(), tasksSince: undefined, secret };
  log.info("task succeeded", { result: await runTask(message, deadline, context) });
}
