import { cancelTask, deleteTask } from "./cancel-task";
import { createTask } from "./create-task";
import { getTask } from "./get-task";
import { health } from "./health";
import { listTasks } from "./list-tasks";
import { retryTask } from "./retry-task";
import type { Route } from "./route";

/** Every operation of the API. A new route is one file and its line here. */
export const routes: readonly Route[] = [
  health,
  createTask,
  listTasks,
  getTask,
  cancelTask,
  deleteTask,
  retryTask,
];
