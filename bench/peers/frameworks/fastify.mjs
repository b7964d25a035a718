import awsLambdaFastify from "@fastify/aws-lambda";
import fastify from "fastify";
import { health, newTask } from "../shared.mjs";

/** Fastify validates by JSON Schema. */
const newTaskSchema = {
  type: "object",
  additionalProperties: false,
  required: ["type", "payload"],
  properties: {
    type: { const: "echo" },
    payload: {
      type: "object",
      additionalProperties: false,
      required: ["message"],
      properties: { message: { type: "string", maxLength: 10_000 } },
    },
  },
};

/** Fastify with @fastify/aws-lambda, made ready while the function is loaded, as its documentation recommends. */
export function createHandler({ saveTask, logResponse }) {
  const app = fastify();
  app.get("/health", () => {
    logResponse("GET", "/health", 200);
    return health;
  });
  app.post("/tasks", { schema: { body: newTaskSchema } }, async (request, reply) => {
    const task = newTask(request.body);
    await saveTask(task);
    logResponse("POST", "/tasks", 202);
    return reply.code(202).header("Location", `/tasks/${task.id}`).send(task);
  });
  const handler = awsLambdaFastify(app, { decorateRequest: false });
  void app.ready();
  return handler;
}
