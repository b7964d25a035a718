import express from "express";
import helmet from "helmet";
import { answerEvents } from "../../functions/api/answer-events";
import { jsonBody } from "../../functions/api/middleware/json-body";
import { health, newTask, newTaskSchema } from "../shared.mjs";

/** The peers' two routes on Express as the service sets it up, for what the build makes of it. */
export function createHandler({ accept, answered }) {
  const app = express().disable("x-powered-by").disable("etag");
  app.use(helmet());
  app.get("/health", (_request, response) => {
    answered("GET", "/health", 200);
    response.json(health);
  });
  app.post("/tasks", jsonBody, async (request, response) => {
    const wanted = newTaskSchema.safeParse(request.body);
    if (!wanted.success) {
      response.status(422).json({ title: "Unprocessable Content", errors: wanted.error.issues });
      return;
    }
    const task = newTask(wanted.data);
    await accept(task);
    answered("POST", "/tasks", 202);
    response.status(202).set("Location", `/tasks/${task.id}`).json(task);
  });
  return answerEvents(app);
}
