import { cancelTask, deleteTask } from "./cancel-task";
import { createTask } from "./create-task";
import { getTask } from "./get-task";
import { headRoute } from "./head-route";
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

/** Every operation of the API: each GET operation has a HEAD operation. */
export const routes: readonly Route[] = operations.flatMap((route) =>
  route.method === "get" ? [route, headRoute(route)] : [route],
);
