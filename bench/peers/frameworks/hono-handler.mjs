import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { health, newTask } from "../shared.mjs";

/** Hono, used as in its documentation for Lambda. */
export const createHonoHandler =
  (newTaskSchema) =>
  ({ saveTask, logResponse }) => {
    const app = new Hono();
    app.get("/health", (c) => {
      logResponse("GET", "/health", 200);
      return c.json(health);
    });
    app.post("/tasks", zValidator("json", newTaskSchema), async (c) => {
      const task = newTask(c.req.valid("json"));
      await saveTask(task);
      logResponse("POST", "/tasks", 202);
      return c.json(task, 202, { Location: `/tasks/${task.id}` });
    });
    return handle(app);
  };
