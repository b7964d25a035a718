import * as z from "zod";
import { taskState } from "../../shared/task";
import { cursor, encodeCursor } from "../cursor";
import { fromZod, queryPointer } from "../problems";
import type { Route } from "./route";

const defaultLimit = 20;
const largestLimit = 100;

export const listTasksQuery = z.strictObject({
  state: taskState.optional(),
  type: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(largestLimit).default(defaultLimit),
  cursor: cursor.optional(),
});

export const listTasks: Route = {
  method: "get",
  path: "/tasks",
  hasBody: false,
  answer: async (request, response, { tasks }) => {
    const query = listTasksQuery.safeParse(request.query);
    if (!query.success) throw fromZod(query.error, queryPointer);
    const { cursor: before, ...selection } = query.data;
    const page = await tasks.list({ ...selection, ...(before !== undefined && { before }) });
    response.json({ tasks: page.tasks, ...(page.last !== undefined && { cursor: encodeCursor(page.last) }) });
  },
};
