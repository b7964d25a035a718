import * as z from "zod/mini";
import { defineTaskType } from "./define-task-type";

/** Gives back what it was given: for a first try, and for probes. */
export const echo = defineTaskType({
  name: "echo",
  payload: z.strictObject({ message: z.string().check(z.maxLength(10_000)) }),
  run: ({ message }) => Promise.resolve({ message }),
});
