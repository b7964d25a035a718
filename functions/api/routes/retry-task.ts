import { task } from "../../shared/task";
import { emptyRequest, defineRoute } from "./define-route";
import { taskPath, taskProblems } from "./parameters";

export const retryTask = defineRoute(
  {
    operationId: "retryTask",
    summary: "Have a failed task tried again",
    method: "post",
    path: "/tasks/{id}/retry",
    scope: "tasks:write",
    request: { ...emptyRequest, path: taskPath },
    responses: {
      202: {
        description: "The task waits to be run again.",
        headers: { Location: "The task's path." },
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
