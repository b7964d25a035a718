import type { TaskMessage } from "../../shared/tasks/message";
import type { Task } from "../../shared/tasks/task";
import { withTimeout } from "./with-timeout";
import { taskTypes } from "../handlers";
import { resultOf } from "./task-result";
import type { TaskContext } from "../handlers/define-task-type";
import { NonRetryableError } from "./retry-policy";

type AnyTaskType = (typeof taskTypes)[number];
const byName = new Map<string, AnyTaskType>(taskTypes.map((type) => [type.name, type]));

/** The type of that name; undefined when there is none. */
export const findTaskType = (name: string): AnyTaskType | undefined => byName.get(name);

/** What the worker needs after the handlers have ended, to write what came of them. */
const reserveMilliseconds = 1_000;

/**
 * Runs the handler of a task, for as long as its type allows and the invocation has left.
 * @returns the task's result
 * @throws {NonRetryableError} when there is no handler for it, or its payload does not fit
 * @throws {TaskTimeoutError} when it takes longer
 * @throws {UnusableResultError} when the handler gives back what the table cannot hold
 * @throws {Error} what the handler throws
 */
export async function runTask(
  { type, payload }: Pick<TaskMessage, "type" | "payload">,
  deadline: Date,
  context: Omit<TaskContext, "signal">,
): Promise<NonNullable<Task["result"]>> {
  const taskType = findTaskType(type);
  if (taskType === undefined) throw new NonRetryableError(`Unknown task type ${type}`);

  const left = deadline.getTime() - context.now.getTime() - reserveMilliseconds;
  const milliseconds = Math.max(0, Math.min(left, taskType.timeoutSeconds * 1000));
  return withTimeout(milliseconds, (signal) =>
    resultOf(type, taskType.execute(payload, { ...context, signal })),
  );
}
