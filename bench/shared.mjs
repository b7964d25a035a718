import { randomBytes } from "node:crypto";
import { encodeTime } from "ulid";
import * as z from "zod";

/** What every shape answers to GET /health. */
export const health = { status: "ok", version: "0.1.0", commit: "bench" };

/** What every shape takes at POST /tasks: the service's own echo task. */
export const newTaskSchema = z.strictObject({
  type: z.literal("echo"),
  payload: z.strictObject({ message: z.string().max(10_000) }),
});

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As the service makes it: `ulid()` would ask the system for each character, which costs more than the frameworks. */
const newId = (now) =>
  encodeTime(now.getTime(), 10) + Array.from(randomBytes(16), (byte) => alphabet.charAt(byte % 32)).join("");

/** A task as the service makes it. */
export function newTask({ type, payload }) {
  const now = new Date();
  const createdAt = now.toISOString();
  return {
    id: newId(now),
    type,
    state: "pending",
    payload,
    attempts: 0,
    revision: 1,
    createdAt,
    updatedAt: createdAt,
  };
}
