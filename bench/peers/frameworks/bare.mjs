import { randomUUID } from "node:crypto";

const json = (statusCode, body, headers) => ({
  statusCode,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

const isNewTask = (body) =>
  body?.type === "echo" && typeof body.payload?.message === "string" && body.payload.message.length <= 10_000;

/** No framework and no validator: as little as a handler can be. */
export const createHandler =
  ({ accept, answered }) =>
  async ({ rawPath, requestContext, body }) => {
    const { method } = requestContext.http;
    if (method === "GET" && rawPath === "/health") {
      answered(method, rawPath, 200);
      return json(200, { status: "ok", version: "0.1.0", commit: "bench" });
    }
    if (method === "POST" && rawPath === "/tasks") {
      const wanted = JSON.parse(body);
      if (!isNewTask(wanted)) return json(422, { title: "Unprocessable Content" });
      const createdAt = new Date().toISOString();
      const task = { id: randomUUID(), ...wanted, state: "pending", attempts: 0, createdAt };
      await accept(task);
      answered(method, rawPath, 202);
      return json(202, task, { location: `/tasks/${task.id}` });
    }
    return json(404, { title: "Not Found" });
  };
