import { asError } from "../../shared/runtime/as-error";
import type { Log } from "../../shared/runtime/logger";
import type { Metrics } from "../../shared/runtime/metrics";
import type { TaskMessage } from "../../shared/tasks/message";
import type { Task } from "../../shared/tasks/task";
import { timeOfTaskId } from "../../shared/tasks/task-id";
import type { TaskQueue } from "../../shared/tasks/task-queue";
import type { ReadSecret } from "../../shared/aws/secrets/secrets";
import {
  LostLeaseError,
  UnreadableTaskError,
  type Claim,
  type TaskRepository,
} from "../../shared/tasks/task-repository";
import { taskTypeNames } from "../handlers";
import type { TaskContext } from "../handlers/define-task-type";
import { runTask } from "./run-task";
import { NonRetryableError, RetryLaterError, UnsupportedMessageError } from "./retry-policy";

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
  /** Sends the body of a message to the dead-letter queue. */
  readonly sendDeadLetter: (body: string) => Promise<void>;
  readonly secret: ReadSecret;
  readonly resources: TaskContext["resources"];
  readonly settings: TaskContext["settings"];
  readonly log: Log;
  readonly metrics: Pick<Metrics, "recordOf">;
  readonly now: () => Date;
  /** 0 to 1, random. */
  readonly random: () => number;
}

/**
 * Runs the task of a message, unless it has finished.
 * @throws {NonRetryableError} if the message has to become a dead letter
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
        ? new UnsupportedMessageError(error.message, { cause: error })
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
      throw new UnsupportedMessageError("The task is not in the table");
    case "claimed":
      return runClaimed(claim.task, delivery, repository, dependencies);
  }
}

async function runClaimed(
  task: Task,
  { message, isLast, deadline }: Delivery,
  repository: TaskRepository,
  { log, now, metrics, ...dependencies }: WorkerDependencies,
): Promise<void> {
  const age = () => now().getTime() - timeOfTaskId(task.id);
  const started = now().getTime();
  if (task.attempts === 1) metrics.recordOf(task.type, { AcceptToStart: age() });
  try {
    const countTasks = (since: Date) => repository.countSince(since, taskTypeNames);
    const { secret, resources, settings } = dependencies;
    const own = { taskId: task.id, attempt: task.attempts, log, now: now(), countTasks };
    const context = { ...own, secret, resources, settings };
    await repository.succeed(task, await runTask(message, deadline, context));
    metrics.recordOf(task.type, { TasksSucceeded: 1, AcceptToDone: age() });
    log.info("task succeeded", { attempt: task.attempts, milliseconds: now().getTime() - started });
  } catch (error) {
    if (!(error instanceof LostLeaseError)) {
      // Failed only when the message becomes a dead letter: until then, SQS delivers it again.
      const isEnded = isLast || error instanceof NonRetryableError;
      const next = isEnded ? "failed" : "queued";
      const changed = await repository.endAttempt(task, asError(error).message, next);
      if (isEnded && changed) metrics.recordOf(task.type, { TasksFailed: 1 });
    }
    throw error;
  }
}

async function runWithoutTable(
  { message, isLast, deadline }: Delivery,
  { secret, resources, settings, log, metrics, now }: WorkerDependencies,
): Promise<void> {
  // Not SQS's receive count: without a table, attempts are not counted.
  const own = { taskId: message.taskId, attempt: 1, log, now: now(), countTasks: undefined };
  const context = { ...own, secret, resources, settings };
  const started = now().getTime();
  try {
    await runTask(message, deadline, context);
    // Without its result, which is data: nothing keeps it.
    log.info("task succeeded", { milliseconds: now().getTime() - started });
  } catch (error) {
    if (isLast || error instanceof NonRetryableError) metrics.recordOf(message.type, { TasksFailed: 1 });
    throw error;
  }
  const AcceptToDone = now().getTime() - timeOfTaskId(message.taskId);
  metrics.recordOf(message.type, { TasksSucceeded: 1, AcceptToDone });
}
