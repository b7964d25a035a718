import type { TaskMessage } from "../shared/message";
import type { Task } from "../shared/task";
import { taskTypes } from "./handlers";
import { UnworkableTaskError, type TaskContext } from "./task-type";

const byName = new Map<string, (typeof taskTypes)[number]>(taskTypes.map((type) => [type.name, type]));

/**
 * Runs the handler of a task.
 * @returns the task's result
 * @throws {UnworkableTaskError} when there is no handler for it, or its payload does not fit
 * @throws {Error} what the handler throws
 */
export async function runTask(
  { type, payload }: TaskMessage,
  context: TaskContext,
): Promise<NonNullable<Task["result"]>> {
  const taskType = byName.get(type);
  if (taskType === undefined) throw new UnworkableTaskError(`There is no task type ${type}`);
  return taskType.execute(payload, context);
}
