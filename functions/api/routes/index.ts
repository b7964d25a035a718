import { cancelTask, deleteTask } from "./cancel-task";
import { createTask } from "./create-task";
import { getTask } from "./get-task";
import { health } from "./health";
import { listTasks } from "./list-tasks";
import { retryTask } from "./retry-task";
import type { Route } from "./route";

/** A new route is one file and its line here. */
const operations: readonly Route[] = [
  health,
  createTask,
  listTasks,
  getTask,
  cancelTask,
  deleteTask,
  retryTask,
];

/**
 * The HEAD operation of a GET operation: the same response without its body. It is a route with the scope of the GET,
 * because the HTTP API sends HEAD requests to no GET route.
 * https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
 */
const headOf = (get: Route): Route => ({
  ...get,
  method: "head",
  operationId: `${get.operationId}Head`,
  summary: `${get.summary}: headers only`,
});

/** Every operation of the API: each GET operation has a HEAD operation. */
export const routes: readonly Route[] = operations.flatMap((route) =>
  route.method === "get" ? [route, headOf(route)] : [route],
);
