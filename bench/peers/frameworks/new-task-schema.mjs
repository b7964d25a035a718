import * as z from "zod";

/** The schema of POST /tasks: an echo task. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
});
