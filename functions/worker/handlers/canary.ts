import * as z from "zod/mini";
import { canaryType } from "../../shared/tasks/canary";
import { defineTaskType } from "./define-task-type";

/**
 * Returns the version of the worker that ran it. Each release creates two: one that it delivers to the new version itself,
 * before the aliases are moved, and one through the queue afterwards.
 */
export const canary = defineTaskType({
  name: canaryType,
  payload: z.strictObject({ delivery: z.enum(["direct", "queue"]) }),
  run: () => Promise.resolve({ version: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? "unknown" }),
});
