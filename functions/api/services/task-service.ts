import { handIn, messageOf, sendAccepted, type HandInDependencies } from "../../shared/hand-in";
import { largestMessageBytes, messageBytes } from "../../shared/message";
import { newTask, type Task } from "../../shared/task";
import { newTaskId } from "../../shared/task-id";
import type { ListQuery, TaskRepository } from "../../shared/task-repository";
import { conflict, needsTable, noSuchTask, tooLarge, unavailable } from "../problems";

export interface TaskServiceDependencies extends HandInDependencies {
  readonly now: () => Date;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  /** The last task of the page, when there may be more behind it. */
  readonly last: string | undefined;
}

/** What clients may do with tasks. */
export class TaskService {
  constructor(private readonly dependencies: TaskServiceDependencies) {}

  /** @throws {Problem} 413 when the message would not fit the queue, 503 when the task was not accepted */
  async create(type: string, payload: Task["payload"], requestId: string): Promise<Task> {
    const now = this.dependencies.now();
    const task = newTask(newTaskId(now), type, payload, now);
    if (messageBytes(messageOf(task, requestId)) > largestMessageBytes) throw tooLarge(largestMessageBytes);
    const accepted = await handIn(task, requestId, this.dependencies).catch((error: unknown) => {
      this.dependencies.log.error("not accepted", error instanceof Error ? error : new Error(String(error)));
      throw unavailable();
    });
    if (accepted === undefined) throw unavailable();
    return accepted;
  }

  /** @throws {Problem} 404, or 501 without a table */
  async get(id: string): Promise<Task> {
    const task = await this.repository().get(id);
    if (task === undefined) throw noSuchTask(id);
    return task;
  }

  /** @throws {Problem} 501 without a table */
  async list(query: ListQuery): Promise<TaskPage> {
    // One more than asked for tells whether there is a next page.
    const found = await this.repository().list({ ...query, limit: query.limit + 1 });
    const tasks = found.slice(0, query.limit);
    return { tasks, last: found.length > query.limit ? tasks.at(-1)?.id : undefined };
  }

  /**
   * Cancels a task that no worker has begun; a second time changes nothing.
   * @throws {Problem} 404, 409 when it has been begun, or 501 without a table
   */
  async cancel(id: string): Promise<Task> {
    const { task } = await this.repository().transition(id, ["pending", "queued"], { state: "cancelled" });
    if (task === undefined) throw noSuchTask(id);
    if (task.state !== "cancelled")
      throw conflict(`The task is ${task.state}; only one that waits can be cancelled.`);
    return task;
  }

  /**
   * Lets a failed task be tried again.
   * @throws {Problem} 404, 409 when it has not failed, or 501 without a table
   */
  async retry(id: string, requestId: string): Promise<Task> {
    const repository = this.repository();
    const { changed, task } = await repository.transition(id, ["failed"], { state: "pending", requestId });
    if (task === undefined) throw noSuchTask(id);
    if (!changed) throw conflict(`The task is ${task.state}; only a failed one can be tried again.`);
    return sendAccepted(task, requestId, repository, this.dependencies);
  }

  private repository(): TaskRepository {
    const { repository } = this.dependencies;
    if (repository === undefined) throw needsTable();
    return repository;
  }
}
