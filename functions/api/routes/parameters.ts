import * as z from "zod/mini";
import { taskId } from "../../shared/task";

/** The path of a task: `/tasks/{id}`. */
export const taskPath = z.object({ id: taskId });
