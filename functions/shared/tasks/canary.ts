import type { Task } from "./task";

/** The name of the task type with which a release checks new versions of the functions. */
export const canaryType = "canary";

/**
 * Whether the message of a task is not published: a release invokes a version of the worker with it. The task stays in the
 * outbox, so that the sweep publishes it when the release ends before that.
 */
export const isDeliveredDirectly = ({ type, payload }: Pick<Task, "type" | "payload">): boolean =>
  type === canaryType && payload.delivery === "direct";
