import * as z from "zod";
import { taskTypes } from "../../worker/handlers";
import { requestIdOf } from "../middleware/request-id";
import { fromZod, jsonPointer } from "../problems";
import type { Route } from "./route";

type TypeSchema = z.ZodObject<{
  type: z.ZodLiteral<string>;
  payload: z.ZodType<Record<string, z.core.util.JSONType>>;
}>;

const schemas = taskTypes.map(({ name, payload }): TypeSchema =>
  z.strictObject({ type: z.literal(name), payload }),
);
const [first, ...others] = schemas;
if (first === undefined) throw new Error("There is no task type in functions/worker/handlers");

/** A new task: its type, and the payload that the type's handler takes. */
export const createTaskBody = z.discriminatedUnion("type", [first, ...others]);

export const createTask: Route = {
  method: "post",
  path: "/tasks",
  hasBody: true,
  answer: async (request, response, { tasks }) => {
    const body = createTaskBody.safeParse(request.body);
    if (!body.success) throw fromZod(body.error, jsonPointer);
    const task = await tasks.create(body.data.type, body.data.payload, requestIdOf(response));
    response.status(202).location(`/tasks/${task.id}`).json(task);
  },
};
