import { newTaskSchema } from "../ours/new-task-schema.js";
import { createHonoHandler } from "./hono-handler.mjs";

export const createHandler = createHonoHandler(newTaskSchema);
