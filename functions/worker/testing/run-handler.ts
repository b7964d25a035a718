import type * as z from "zod/mini";
import type { Task } from "../../shared/tasks/task";
import type { TaskCounts } from "../../shared/tasks/task-repository";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { silentLog } from "../../shared/testing/silent-log";
import { resultOf } from "../attempt/task-result";
import type { jsonObject } from "../../shared/tasks/task";
import type { RunnableTaskType, TaskContext } from "../handlers/define-task-type";
import type { Settings } from "../../settings";
import { exampleSettings } from "../../shared/testing/example-settings";
import { workerResources } from "../resources";

type JsonObject = z.output<typeof jsonObject>;

/** What a handler finds when it runs. */
export interface HandlerRun<Secret extends string> {
  /** The values of the type's secrets. */
  readonly secrets?: Readonly<Partial<Record<Secret, string>>>;
  /** Default: 1. */
  readonly attempt?: number;
  readonly now?: Date;
  /** The tasks that `countTasks` counts. Undefined: there is no table. */
  readonly tasks?: readonly Task[];
  /** Default: those of the worker. */
  readonly resources?: TaskContext["resources"];
  /** Default: the examples of functions/settings.ts. */
  readonly settings?: Settings;
  /** Default: never aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the handler of a task type in a test, without AWS. The payload and the result are validated as in the worker.
 * @returns the task's result
 * @throws {Error} what an attempt throws: a NonRetryableError ends the task, any other error is retried
 */
export async function runHandler<
  Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  Secret extends string,
>(
  type: RunnableTaskType<Name, Payload, Secret>,
  payload: z.input<Payload>,
  run: HandlerRun<Secret> = {},
): Promise<JsonObject> {
  const { secrets = {}, attempt = 1, now = new Date(), tasks, signal = new AbortController().signal } = run;
  const values = new Map<string, unknown>(Object.entries(secrets));
  const secret = (name: string) => {
    const value = values.get(name);
    return typeof value === "string"
      ? Promise.resolve(value)
      : Promise.reject(new Error(`The test gives the secret ${name} no value`));
  };
  const { resources = workerResources, settings = exampleSettings() } = run;
  const context = { taskId: "task-1", attempt, log: silentLog, now, signal, secret, resources, settings };
  const countTasks = tasks && ((since: Date) => countOf(tasks, since));
  return resultOf(type.name, type.execute(payload, { ...context, countTasks }));
}

function countOf(tasks: readonly Task[], since: Date): Promise<TaskCounts> {
  const repository = new MemoryTaskRepository();
  for (const task of tasks) repository.entries.set(task.id, { task, origin: { requestId: "request-1" } });
  return repository.countSince(since, [...new Set(tasks.map((task) => task.type))]);
}
