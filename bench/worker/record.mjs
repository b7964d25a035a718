import * as z from "zod";

const message = z.object({
  version: z.int().min(1).max(3),
  taskId: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  revision: z.int().min(1).default(1),
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
  requestId: z.string().min(1),
});

/** The service's echo task, from the queue's text to its result. */
export const workOn = ({ body }) => {
  const { payload } = message.parse(JSON.parse(body));
  return Promise.resolve({ message: payload.message });
};
