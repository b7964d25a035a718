import { entityTag, namesTag } from "../entity-tag";
import type { Route } from "./route";
import { taskIdParameter } from "./task-id-parameter";

export const getTask: Route = {
  method: "get",
  path: "/tasks/:id",
  hasBody: false,
  answer: async (request, response, { tasks }) => {
    const task = await tasks.get(taskIdParameter(request));
    const tag = entityTag(task);
    response.set({ ETag: tag, "Cache-Control": "private, no-cache" });
    if (namesTag(request.get("if-none-match"), tag)) response.status(304).end();
    else response.json(task);
  },
};
