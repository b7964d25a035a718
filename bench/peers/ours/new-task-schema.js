import * as z from "zod/mini";

/** The schema of POST /tasks, written with zod/mini as in the service. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().check(z.maxLength(10_000)) }),
});
