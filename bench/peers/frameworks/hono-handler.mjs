import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { health, newTask } from "../shared.mjs";

/** Hono, as its documentation has it for Lambda. */
export const createHonoHandler =
  (newTaskSchema) =>
  ({ accept, answered }) => {
    const app = new Hono();
    app.get("/health", (c) => {
      answered("GET", "/health", 200);
      return c.json(health);
    });
    app.post("/tasks", zValidator("json", newTaskSchema), async (c) => {
      const task = newTask(c.req.valid("json"));
      await accept(task);
      answered("POST", "/tasks", 202);
      return c.json(task, 202, { Location: `/tasks/${task.id}` });
    });
    return handle(app);
  };
