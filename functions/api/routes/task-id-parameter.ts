import type { Request } from "express";
import { taskId } from "../../shared/task";
import { noSuchTask } from "../problems";

/** The `{id}` of a path. What is no id names no task. @throws {Problem} 404 */
export function taskIdParameter({ params }: Request): string {
  const id = taskId.safeParse(params.id);
  if (!id.success) throw noSuchTask(String(params.id));
  return id.data;
}
