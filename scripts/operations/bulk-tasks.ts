import pLimit from "p-limit";
import type { Task, TasksClient } from "../../client";
import { pacer } from "../../packages/command-line/src/pacer";
import { apiFailure } from "./task-failure";
import type { ReadOrigins } from "./task-origins";

/** The most tasks of a page of the API. */
const pageSize = 100;
/** Requests at the same time. */
const concurrency = 8;

export interface TaskFilter {
  /** States to list; all if it is empty. */
  readonly states: readonly Task["state"][];
  readonly type?: string | undefined;
  /** Only tasks whose last change was before. */
  readonly changedBefore?: Date | undefined;
  /** Only tasks whose payload, as JSON, contains it. */
  readonly contains?: string | undefined;
  /** Only tasks of a caller, by its message group. */
  readonly caller?: string | undefined;
}

export interface SelectTasksOptions {
  /** Needed to filter by caller. */
  readonly readOrigins?: ReadOrigins;
  /** Called with the number of tasks of each page. */
  readonly onPage?: (count: number) => void;
}

/** The selected tasks, newest first within a state. */
export async function* selectTasks(
  api: TasksClient,
  filter: TaskFilter,
  { readOrigins, onPage }: SelectTasksOptions = {},
): AsyncGenerator<Task> {
  const { type } = filter;
  const states = filter.states.length === 0 ? [undefined] : filter.states;
  for (const state of states) {
    let cursor: string | undefined;
    do {
      const query = { limit: pageSize, state, type, cursor };
      const { data, error, response } = await api.GET("/tasks", { params: { query } });
      if (data === undefined) throw apiFailure("GET /tasks", response.status, error);
      onPage?.(data.tasks.length);
      yield* await matching(data.tasks, filter, readOrigins);
      ({ cursor } = data);
    } while (cursor !== undefined);
  }
}

/** The tasks of a page that the filter selects, as far as the API does not. */
export async function matching(
  tasks: readonly Task[],
  { changedBefore, contains, caller }: Omit<TaskFilter, "states">,
  readOrigins?: ReadOrigins,
): Promise<Task[]> {
  const found = tasks.filter(
    ({ updatedAt, payload }) =>
      (changedBefore === undefined || new Date(updatedAt) < changedBefore) &&
      (contains === undefined || JSON.stringify(payload).includes(contains)),
  );
  if (caller === undefined || found.length === 0) return found;
  const origins = await readOrigins?.(found.map(({ id }) => id));
  return found.filter(({ id }) => origins?.get(id)?.caller === caller);
}

export type TaskChange = "retry" | "cancel";

export interface ChangeProgress {
  /** Tasks that the command has changed. */
  readonly changed: number;
  /** Tasks whose state no longer allowed it. */
  readonly skipped: number;
}

export interface ChangeTasksOptions {
  readonly change: TaskChange;
  /** The most requests per second. */
  readonly rate: number;
  readonly onProgress?: (progress: ChangeProgress) => void;
}

/**
 * Retries or cancels tasks. Each task is changed by one request, which the API refuses for a task that is in another
 * state: after an interruption the same call changes the remaining ones.
 * @throws {CommandError} at the first request that fails for another reason, after those in progress have ended
 */
export async function changeTasks(
  api: TasksClient,
  ids: readonly string[],
  { change, rate, onProgress }: ChangeTasksOptions,
): Promise<ChangeProgress> {
  const pace = pacer(rate);
  const limit = pLimit(concurrency);
  let progress: ChangeProgress = { changed: 0, skipped: 0 };
  const failures: unknown[] = [];
  const one = async (id: string): Promise<void> => {
    await pace();
    if (failures.length > 0) return;
    const outcome = (await changeTask(api, id, change)) === undefined ? "skipped" : "changed";
    progress = { ...progress, [outcome]: progress[outcome] + 1 };
    onProgress?.(progress);
  };
  await Promise.all(
    ids.map((id) => limit(() => one(id).catch((error: unknown) => void failures.push(error)))),
  );
  if (failures.length > 0) throw failures[0];
  return progress;
}

/**
 * Retries or cancels one task.
 * @returns the task; undefined if its state does not allow it
 * @throws {CommandError} when there is no such task, or the API refuses the request
 */
export async function changeTask(
  api: TasksClient,
  id: string,
  change: TaskChange,
): Promise<Task | undefined> {
  const params = { path: { id } };
  const { data, error, response } =
    change === "retry"
      ? await api.POST("/tasks/{id}/retry", { params })
      : await api.POST("/tasks/{id}/cancel", { params });
  if (data !== undefined) return data;
  if (response.status === 409) return undefined;
  throw apiFailure(`POST /tasks/${id}/${change}`, response.status, error);
}
