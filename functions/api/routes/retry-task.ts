import { task } from "../../shared/tasks/task";
import { emptyRequest, defineRoute } from "./define-route";
import { taskPath, taskProblems } from "./parameters";

export const retryTask = defineRoute(
  {
    operationId: "retryTask",
    summary: "Retry a failed task",
    method: "post",
    path: "/tasks/{id}/retry",
    scope: "tasks:write",
    request: { ...emptyRequest, path: taskPath },
    responses: {
      202: {
        description: "The task is pending again.",
        headers: { Location: "The path of the task." },
        body: task,
      },
    },
    problems: [...taskProblems, "task-not-retryable"],
  },
  async ({ path: { id }, caller }, { tasks }) => {
    const accepted = await tasks.retry(id, caller);
    return { status: 202, headers: { Location: `/tasks/${id}` }, body: accepted };
  },
);
