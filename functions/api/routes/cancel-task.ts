import { task } from "../../shared/task";
import { emptyRequest, defineRoute } from "./define-route";
import { taskPath, taskProblems } from "./parameters";

const cancellation = {
  summary: "Cancel a task that no worker has begun",
  scope: "tasks:write",
  request: { ...emptyRequest, path: taskPath },
  responses: { 200: { description: "The task is cancelled, now or before.", body: task } },
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
