import * as z from "zod/mini";
import { task } from "../../shared/task";
import { taskTypes } from "../../worker/handlers";
import { idempotencyKeyHeader } from "../idempotency";
import { anyRequest, defineRoute } from "./define-route";

type TypeSchema = z.ZodMiniObject<{
  type: z.ZodMiniLiteral<string>;
  payload: z.ZodMiniType<Record<string, z.core.util.JSONType>>;
}>;

const schemas = taskTypes.map(({ name, payload }): TypeSchema =>
  z.strictObject({ type: z.literal(name), payload }).register(z.globalRegistry, { title: name }),
);
const [first, ...others] = schemas;
if (first === undefined) throw new Error("There is no task type in functions/worker/handlers");

/** A new task: its type, and the payload that the type's handler takes. */
const newTask = z
  .discriminatedUnion("type", [first, ...others])
  .register(z.globalRegistry, { id: "NewTask" });

export const createTask = defineRoute(
  {
    operationId: "createTask",
    summary: "Hand in a task",
    method: "post",
    path: "/tasks",
    scope: "tasks:write",
    request: {
      ...anyRequest,
      headers: z.object({ "idempotency-key": z.optional(idempotencyKeyHeader) }),
      body: newTask,
    },
    answers: {
      202: {
        description: "The task is accepted and will be run.",
        headers: { Location: "The task's path." },
        body: task,
      },
    },
    problems: [409, 501, 503],
  },
  async ({ body, headers, caller }, { tasks }) => {
    const accepted = await tasks.create(body, caller, headers["idempotency-key"]);
    return { status: 202, headers: { Location: `/tasks/${accepted.id}` }, body: accepted };
  },
);
