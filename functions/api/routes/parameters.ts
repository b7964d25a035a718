import * as z from "zod/mini";
import { taskId } from "../../shared/tasks/task";
import type { ProblemCode } from "../http/problem-types";

/** The path of a task: `/tasks/{id}`. */
export const taskPath = z.object({ id: taskId });

/** Problems of the operations on one task. */
export const taskProblems = [
  "task-not-found",
  "unreadable-task",
  "internal-error",
  "persistence-disabled",
  "service-unavailable",
] as const satisfies readonly ProblemCode[];
