import * as z from "zod/mini";

/** `pending`: created, and not yet published. `succeeded`, `failed` and `cancelled` end the task; a retry makes a failed one pending. */
const taskStates = ["pending", "queued", "running", "succeeded", "failed", "cancelled"] as const;
export const taskState = z.enum(taskStates).register(z.globalRegistry, { id: "TaskState" });
export type TaskState = z.output<typeof taskState>;

/** The states of tasks that have not ended. */
const openStates = ["pending", "queued", "running"] as const satisfies readonly TaskState[];
type OpenState = (typeof openStates)[number];
export const isOpen = (state: TaskState): state is OpenState => openStates.some((open) => open === state);

/** A ULID: sorts by creation time. */
export const taskId = z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a task id (ULID)"));

/** Any JSON object. Its values are the result of JSON.parse or of the table, so they are not checked again. */
export const jsonObject = z.record(
  z.string(),
  z
    .custom<z.core.util.JSONType>()
    .register(z.globalRegistry, { override: { description: "Any JSON value." } }),
);

/** How many times a task was submitted: once, plus once for each retry or lost message. */
export const taskRevision = z.int().check(z.minimum(1));

/** A task as clients see it. Times are ISO 8601, UTC. */
export const task = z
  .object({
    id: taskId,
    type: z.string(),
    state: taskState,
    payload: jsonObject,
    /** Attempts that have started. */
    attempts: z.int().check(z.minimum(0)),
    revision: taskRevision,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    /** What its handler returned; only when succeeded. */
    result: z.optional(jsonObject),
    /** Why the last attempt failed. */
    error: z.optional(z.string()),
  })
  .register(z.globalRegistry, { id: "Task" });
export type Task = z.output<typeof task>;

/** A task as it is created. */
export const newTask = (id: string, type: string, payload: Task["payload"], now: Date): Task => {
  const createdAt = now.toISOString();
  return { id, type, state: "pending", payload, attempts: 0, revision: 1, createdAt, updatedAt: createdAt };
};
