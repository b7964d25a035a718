import { requestIdOf } from "../middleware/request-id";
import type { Route } from "./route";
import { taskIdParameter } from "./task-id-parameter";

export const retryTask: Route = {
  method: "post",
  path: "/tasks/:id/retry",
  hasBody: false,
  answer: async (request, response, { tasks }) => {
    const task = await tasks.retry(taskIdParameter(request), requestIdOf(response));
    response.status(202).location(`/tasks/${task.id}`).json(task);
  },
};
