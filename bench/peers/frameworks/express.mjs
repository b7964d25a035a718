import serverlessExpress from "@codegenie/serverless-express";
import express from "express";
import helmet from "helmet";
import { health, newTask } from "../shared.mjs";
import { newTaskSchema } from "./new-task-schema.mjs";

/** Express with default settings, as in its documentation. */
export function createHandler({ saveTask, logResponse }) {
  const app = express();
  app.use(helmet());
  app.use(express.json());
  app.get("/health", (_request, response) => {
    logResponse("GET", "/health", 200);
    response.json(health);
  });
  app.post("/tasks", async (request, response) => {
    const wanted = newTaskSchema.safeParse(request.body);
    if (!wanted.success) {
      response.status(422).json({ title: "Unprocessable Content", errors: wanted.error.issues });
      return;
    }
    const task = newTask(wanted.data);
    await saveTask(task);
    logResponse("POST", "/tasks", 202);
    response.status(202).location(`/tasks/${task.id}`).json(task);
  });
  return serverlessExpress({ app });
}
