import { asError } from "../../shared/runtime/as-error";
import { submitTask, messageOf, publish, type SubmitTaskDependencies } from "../../shared/tasks/submit-task";
import { maxMessageBytes, messageBytes } from "../../shared/tasks/message";
import { isPermanentRejection } from "../../shared/aws/permanent-rejection";
import { newTask, type Task } from "../../shared/tasks/task";
import { newTaskId } from "../../shared/tasks/task-id";
import {
  UnreadableTaskError,
  type ListQuery,
  type Origin,
  type TaskRepository,
} from "../../shared/tasks/task-repository";
import type { Caller } from "./caller";
import { idempotencyOf } from "./idempotency";
import { fitPage } from "./page-size";
import { messageGroupOf } from "./principal";
import { Problem } from "../http/problems";

export interface TaskServiceDependencies extends SubmitTaskDependencies {
  readonly now: () => Date;
}

export interface ReadablePage {
  readonly tasks: Task[];
  /** Ids of tasks on the page that cannot be read. */
  readonly unreadable: string[];
  /** The id before which the next page begins, when there may be one. */
  readonly next: string | undefined;
}

const originOf = ({ principal, ...request }: Caller): Origin => ({
  ...request,
  group: messageGroupOf(principal),
});

/**
 * The operations on tasks. Each throws a problem of 503 if an SQS or DynamoDB call fails and may succeed later.
 */
export class TaskService {
  constructor(private readonly dependencies: TaskServiceDependencies) {}

  /**
   * Creates a task; with an idempotency key, once.
   * @returns the task as it was created
   * @throws {Problem} 409 if the same request is in progress, 413 if the message is too large for SQS, 422
   * when SQS or DynamoDB refuses the task, or the key was used for another request, 501 for a key without a table
   */
  async create(
    { type, payload }: Pick<Task, "type" | "payload">,
    caller: Caller,
    idempotencyKey: string | undefined,
  ): Promise<Task> {
    const { now, repository } = this.dependencies;
    const task = newTask(newTaskId(now()), type, payload, now());
    const origin = originOf(caller);
    if (messageBytes(messageOf(task, origin)) > maxMessageBytes) throw messageTooLarge();
    if (idempotencyKey !== undefined && repository === undefined)
      throw new Problem("idempotency-unavailable");
    const idempotency =
      idempotencyKey === undefined
        ? undefined
        : idempotencyOf(idempotencyKey, "createTask", caller, { type, payload }, now());

    const created = await this.mapErrors(
      () => submitTask(task, origin, this.dependencies, idempotency),
      () =>
        new Problem("unstorable-payload", {
          errors: [{ pointer: "/payload", detail: "It cannot be stored." }],
        }),
    );
    switch (created.outcome) {
      case "created":
        return task;
      case "replayed":
        return created.task;
      case "mismatch":
        throw new Problem("idempotency-key-mismatch");
      case "inProgress":
        throw new Problem("idempotency-request-in-progress");
      case "exists":
        // Two random ids were the same.
        throw new Problem("service-unavailable");
    }
  }

  /** @throws {Problem} 404, or 501 without a table */
  async get(id: string): Promise<Task> {
    const task = await this.withRepository((repository) => repository.get(id));
    if (task === undefined) throw new Problem("task-not-found");
    return task;
  }

  /** @throws {Problem} 501 without a table */
  async list(query: ListQuery): Promise<ReadablePage> {
    const { tasks: found, next } = await this.withRepository((repository) => repository.list(query));
    const page = fitPage(found);
    const unreadable = page.flatMap((task) => ("unreadable" in task ? [task.id] : []));
    if (unreadable.length > 0) {
      this.dependencies.log.error("unreadable tasks", { count: unreadable.length, taskIds: unreadable });
    }
    const tasks = page.flatMap((task) => ("unreadable" in task ? [] : [task]));
    return { tasks, unreadable, next: page.length < found.length ? page.at(-1)?.id : next };
  }

  /**
   * Cancels a pending or queued task. Cancelling a cancelled task changes nothing.
   * @throws {Problem} 404, 409 if the task is in another state, or 501 without a table
   */
  async cancel(id: string): Promise<Task> {
    const { task } = await this.withRepository((repository) =>
      repository.transition(id, ["pending", "queued"], { state: "cancelled" }),
    );
    if (task === undefined) throw new Problem("task-not-found");
    if (task.state !== "cancelled")
      throw new Problem("task-not-cancellable", { detail: `The task is ${task.state}.` });
    return task;
  }

  /**
   * Retries a failed task.
   * @returns the pending task
   * @throws {Problem} 404, 409 if it has not failed, or 501 without a table
   */
  async retry(id: string, caller: Caller): Promise<Task> {
    const origin = originOf(caller);
    return this.withRepository(async (repository) => {
      const { changed, task } = await repository.transition(id, ["failed"], { state: "pending", origin });
      if (task === undefined) throw new Problem("task-not-found");
      if (!changed) throw new Problem("task-not-retryable", { detail: `The task is ${task.state}.` });
      await publish(task, origin, repository, this.dependencies);
      return task;
    });
  }

  private async withRepository<Result>(
    work: (repository: TaskRepository) => Promise<Result>,
  ): Promise<Result> {
    const { repository } = this.dependencies;
    if (repository === undefined) throw new Problem("persistence-disabled");
    return this.mapErrors(() => work(repository));
  }

  /**
   * Logs an error of SQS or DynamoDB, and throws a problem of 503.
   * @param refused creates the problem instead if the error is permanent
   */
  private async mapErrors<Result>(
    work: () => Promise<Result>,
    refused = () => new Problem("internal-error"),
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof UnreadableTaskError) {
        this.dependencies.log.error("unreadable tasks", { count: 1, error });
        throw new Problem("unreadable-task");
      }
      this.dependencies.log.error("SQS or DynamoDB call failed", { error: asError(error) });
      if (isPermanentRejection(error)) throw refused();
      throw new Problem("service-unavailable");
    }
  }
}

const messageTooLarge = () =>
  new Problem("task-too-large", {
    errors: [{ pointer: "", detail: `Expected a message of at most ${maxMessageBytes} bytes.` }],
  });
