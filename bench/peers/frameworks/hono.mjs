import { createHonoHandler } from "./hono-handler.mjs";
import { newTaskSchema } from "./new-task-schema.mjs";

export const createHandler = createHonoHandler(newTaskSchema);
