import * as z from "zod";

/** A message of the service's echo task. */
const message = z.object({
  version: z.int().min(1).max(3),
  taskId: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  revision: z.int().min(1).default(1),
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
  requestId: z.string().min(1),
});

const readBy =
  (schema) =>
  ({ body }) => {
    const { payload } = schema.parse(JSON.parse(body));
    return Promise.resolve({ message: payload.message });
  };

/** The echo task, from the queue's text to its result. */
export const workOn = readBy(message);

/** The same, by the schema as zod compiles it. */
export const workOnCompiled = readBy(z.compile(message));
