import * as z from "zod/mini";

/** `pending` is accepted and not yet known to be in the queue; the last three are final. */
const taskStates = ["pending", "queued", "running", "succeeded", "failed", "cancelled"] as const;
export const taskState = z.enum(taskStates).register(z.globalRegistry, { id: "TaskState" });
export type TaskState = z.output<typeof taskState>;

/** A ULID: sorts by the time it was made. */
export const taskId = z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a task id (ULID)"));

/** Any JSON object. What is in it came out of JSON, from the queue, the table or a body, and need not be looked at. */
export const jsonObject = z.record(
  z.string(),
  z
    .custom<z.core.util.JSONType>()
    .register(z.globalRegistry, { override: { description: "Any JSON value." } }),
);

/** How often a task was handed in: once, and once more for each time that a client had it tried again. */
export const taskRevision = z._default(z.int().check(z.minimum(1)), 1);

/** A task as clients see it. Times are ISO 8601, UTC. */
export const task = z
  .object({
    id: taskId,
    type: z.string(),
    state: taskState,
    payload: jsonObject,
    /** How often a worker has begun it. */
    attempts: z.int().check(z.minimum(0)),
    revision: taskRevision,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    /** What its handler gave back; only when succeeded. */
    result: z.optional(jsonObject),
    /** Why the last attempt failed. */
    error: z.optional(z.string()),
  })
  .register(z.globalRegistry, { id: "Task" });
export type Task = z.output<typeof task>;

/** A task as it is accepted. */
export const newTask = (id: string, type: string, payload: Task["payload"], now: Date): Task => {
  const createdAt = now.toISOString();
  return { id, type, state: "pending", payload, attempts: 0, revision: 1, createdAt, updatedAt: createdAt };
};
