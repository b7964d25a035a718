import type { Task } from "../../shared/task";
import type { Route } from "./route";
import { taskIdParameter } from "./task-id-parameter";

/** Changes whenever the task does. */
const entityTag = ({ state, attempts, updatedAt }: Task) =>
  `"${state}-${attempts}-${Date.parse(updatedAt).toString(36)}"`;

export const getTask: Route = {
  method: "get",
  path: "/tasks/:id",
  hasBody: false,
  answer: async (request, response, { tasks }) => {
    const task = await tasks.get(taskIdParameter(request));
    response.set({ ETag: entityTag(task), "Cache-Control": "private, no-cache" });
    if (request.fresh) response.status(304).end();
    else response.json(task);
  },
};
