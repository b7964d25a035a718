import { ulid } from "ulid";
import * as z from "zod";

/** What every shape answers to GET /health. */
export const health = { status: "ok", version: "0.1.0", commit: "bench" };

/** What every shape takes at POST /tasks: the service's own echo task. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
});

/** A task as the service makes it. */
export function newTask({ type, payload }) {
  const createdAt = new Date().toISOString();
  return {
    id: ulid(),
    type,
    state: "pending",
    payload,
    attempts: 0,
    revision: 1,
    createdAt,
    updatedAt: createdAt,
  };
}
