import express from "express";
import { createLambdaHandler } from "../../../functions/api/lambda/create-lambda-handler";
import { jsonBody } from "../../../functions/api/http/json-body";
import { securityHeaders } from "../../../functions/api/http/security-headers";
import { sendJson } from "../../../functions/api/http/send-json";
import { health, newTask } from "../shared.mjs";
import { newTaskSchema } from "./new-task-schema.js";

/** The two routes of the peers on Express with the settings of the service, bundled by the build of the service. */
export function createHandler({ saveTask, logResponse }) {
  const app = express().disable("x-powered-by").disable("etag");
  app.use(securityHeaders());
  app.get("/health", (_request, response) => {
    logResponse("GET", "/health", 200);
    sendJson(response, { status: 200, headers: {}, body: health });
  });
  app.post("/tasks", jsonBody, async (request, response) => {
    const wanted = newTaskSchema.safeParse(request.body);
    if (!wanted.success) {
      const body = { title: "Unprocessable Content", errors: wanted.error.issues };
      sendJson(response, { status: 422, headers: {}, body });
      return;
    }
    const task = newTask(wanted.data);
    await saveTask(task);
    logResponse("POST", "/tasks", 202);
    sendJson(response, { status: 202, headers: { Location: `/tasks/${task.id}` }, body: task });
  });
  return createLambdaHandler(app);
}
