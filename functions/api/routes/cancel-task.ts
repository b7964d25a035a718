import { task } from "../../shared/tasks/task";
import { emptyRequest, defineRoute } from "./define-route";
import { taskPath, taskProblems } from "./parameters";

const cancellation = {
  summary: "Cancel a pending or queued task",
  scope: "tasks:write",
  request: { ...emptyRequest, path: taskPath },
  responses: { 200: { description: "The task is cancelled.", body: task } },
  problems: [...taskProblems, "task-not-cancellable"],
} as const;

export const cancelTask = defineRoute(
  {
    ...cancellation,
    operationId: "cancelTask",
    method: "post",
    path: "/tasks/{id}/cancel",
  },
  async ({ path: { id } }, { tasks }) => ({ status: 200, body: await tasks.cancel(id) }),
);

/** The same, for clients that think of a task as a resource to delete. */
export const deleteTask = defineRoute(
  {
    ...cancellation,
    operationId: "deleteTask",
    method: "delete",
    path: "/tasks/{id}",
  },
  async ({ path: { id } }, { tasks }) => ({ status: 200, body: await tasks.cancel(id) }),
);
