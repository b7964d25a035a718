import { randomUUID } from "node:crypto";

const json = (statusCode, body, headers) => ({
  statusCode,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

const isNewTask = (body) =>
  body?.type === "echo" && typeof body.payload?.message === "string" && body.payload.message.length <= 10_000;

/** A handler without framework and validator. */
export const createHandler =
  ({ saveTask, logResponse }) =>
  async ({ rawPath, requestContext, body }) => {
    const { method } = requestContext.http;
    if (method === "GET" && rawPath === "/health") {
      logResponse(method, rawPath, 200);
      return json(200, { status: "ok", version: "0.1.0", commit: "bench" });
    }
    if (method === "POST" && rawPath === "/tasks") {
      const input = JSON.parse(body);
      if (!isNewTask(input)) return json(422, { title: "Unprocessable Content" });
      const createdAt = new Date().toISOString();
      const task = { id: randomUUID(), ...input, state: "pending", attempts: 0, createdAt };
      await saveTask(task);
      logResponse(method, rawPath, 202);
      return json(202, task, { location: `/tasks/${task.id}` });
    }
    return json(404, { title: "Not Found" });
  };
