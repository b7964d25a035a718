import * as z from "zod/mini";
import { defineTaskType } from "./define-task-type";

/** Returns its payload: for first requests, and the probe of `npm start`, which needs it. */
export const echo = defineTaskType({
  name: "echo",
  payload: z.strictObject({ message: z.string().check(z.maxLength(10_000)) }),
  run: ({ message }) => Promise.resolve({ message }),
});
