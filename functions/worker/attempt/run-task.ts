import type { TaskMessage } from "../../shared/tasks/message";
import type { Task } from "../../shared/tasks/task";
import { withTimeout } from "./with-timeout";
import { taskTypes } from "../handlers";
import { taskTypeName } from "../handlers/task-type-names";
import { resultOf } from "./task-result";
import type { TaskContext } from "../handlers/define-task-type";
import { UnsupportedMessageError } from "./retry-policy";

type AnyTaskType = (typeof taskTypes)[number];
const byName = new Map<string, AnyTaskType>(taskTypes.map((type) => [type.name, type]));

/** The task type of that name; undefined if it is unknown. */
export const findTaskType = (name: string): AnyTaskType | undefined => byName.get(name);

/** Time for recording the results after the handlers' timeout. */
const reserveMilliseconds = 1_000;

/**
 * Runs the handler of a task until the timeout of its type or shortly before the invocation's.
 * @returns the task's result
 * @throws {UnsupportedMessageError} if the type is unknown, or the payload does not match its schema
 * @throws {TaskTimeoutError} at the timeout
 * @throws {UnusableResultError} if the table cannot store the result
 * @throws {NonRetryableError | Error} what the handler throws
 */
export async function runTask(
  { type, payload }: Pick<TaskMessage, "type" | "payload">,
  deadline: Date,
  context: Omit<TaskContext, "signal">,
): Promise<NonNullable<Task["result"]>> {
  const taskType = findTaskType(type);
  // A message may have anything for a type, and the error is logged.
  if (taskType === undefined)
    throw new UnsupportedMessageError(
      taskTypeName.test(type) ? `Unknown task type ${type}` : "The task type has no valid name",
    );

  const left = deadline.getTime() - context.now.getTime() - reserveMilliseconds;
  const milliseconds = Math.max(0, Math.min(left, taskType.timeoutSeconds * 1000));
  return withTimeout(milliseconds, (signal) =>
    resultOf(type, taskType.execute(payload, { ...context, signal })),
  );
}
