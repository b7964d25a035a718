import * as z from "zod";

/** What peers take at POST /tasks: the service's own echo task. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
});
