import type { Route } from "./route";
import { taskIdParameter } from "./task-id-parameter";

const answer: Route["answer"] = async (request, response, { tasks }) => {
  response.json(await tasks.cancel(taskIdParameter(request)));
};

export const cancelTask: Route = { method: "post", path: "/tasks/:id/cancel", hasBody: false, answer };

/** The same, for clients that think of a task as a resource to delete. */
export const deleteTask: Route = { method: "delete", path: "/tasks/:id", hasBody: false, answer };
