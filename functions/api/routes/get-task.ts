import { taskId } from "../../shared/task";
import { noSuchTask } from "../problems";
import type { Route } from "./route";

export const getTask: Route = {
  method: "get",
  path: "/tasks/:id",
  hasBody: false,
  answer: async (request, response, { tasks }) => {
    const id = taskId.safeParse(request.params.id);
    if (!id.success) throw noSuchTask(String(request.params.id));
    response.json(await tasks.get(id.data));
  },
};
