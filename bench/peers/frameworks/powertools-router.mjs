import { Router } from "@aws-lambda-powertools/event-handler/http";
import { health, newTask } from "../shared.mjs";
import { newTaskSchema } from "./new-task-schema.mjs";

/** Powertools' HTTP router, which validates by the schema. */
export function createHandler({ saveTask, logResponse }) {
  const app = new Router();
  app.get("/health", () => {
    logResponse("GET", "/health", 200);
    return health;
  });
  app.post(
    "/tasks",
    async ({ valid }) => {
      const task = newTask(valid.req.body);
      await saveTask(task);
      logResponse("POST", "/tasks", 202);
      return {
        statusCode: 202,
        headers: { "content-type": "application/json", location: `/tasks/${task.id}` },
        body: JSON.stringify(task),
      };
    },
    { validation: { req: { body: newTaskSchema } } },
  );
  return (event, context) => app.resolve(event, context);
}
