import * as z from "zod/mini";

/** What the peers take at POST /tasks, written as the service writes its schemas. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().check(z.maxLength(10_000)) }),
});
