import * as z from "zod";
import { task, taskState } from "../../shared/task";
import { cursor, encodeCursor } from "../cursor";
import { anyRequest, defineRoute } from "./define-route";

const defaultLimit = 20;
const largestLimit = 100;

const query = z.strictObject({
  state: taskState.optional(),
  type: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(largestLimit).default(defaultLimit),
  cursor: cursor.optional(),
});

const page = z
  .object({
    tasks: z.array(task),
    cursor: z.string().optional().describe("Where the next page begins; absent on the last."),
  })
  .meta({ id: "TaskPage" });

export const listTasks = defineRoute(
  {
    operationId: "listTasks",
    summary: "List tasks, newest first",
    method: "get",
    path: "/tasks",
    scope: "tasks:read",
    request: { ...anyRequest, query },
    answers: { 200: { description: "A page of tasks.", body: page } },
    problems: [501, 503],
  },
  async ({ query: { cursor: before, ...selection } }, { tasks }) => {
    const { tasks: found, last } = await tasks.list({
      ...selection,
      ...(before !== undefined && { before }),
    });
    return { status: 200, body: { tasks: found, ...(last !== undefined && { cursor: encodeCursor(last) }) } };
  },
);
