import * as z from "zod";

/** The message of an echo task. */
const message = z.object({
  version: z.int().min(1).max(3),
  taskId: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  revision: z.int().min(1).default(1),
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
  requestId: z.string().min(1),
});

const processWith =
  (schema) =>
  ({ body }) => {
    const { payload } = schema.parse(JSON.parse(body));
    return Promise.resolve({ message: payload.message });
  };

/** Parses the message of an echo task and returns its result. */
export const processRecord = processWith(message);

/** The same with a compiled schema. */
export const processCompiled = processWith(z.compile(message));
