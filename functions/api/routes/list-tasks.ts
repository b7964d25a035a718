import * as z from "zod/mini";
import { task, taskState } from "../../shared/tasks/task";
import { integerString } from "../../shared/runtime/integer-string";
import { taskTypeName } from "../../worker/handlers/task-type-names";
import { cursor, encodeCursor } from "./cursor";
import { emptyRequest, defineRoute } from "./define-route";

const defaultLimit = 20;
const maxLimit = 100;

const query = z.strictObject({
  state: z.optional(taskState),
  // Of a type that does not exist, or not any more, there may be tasks.
  type: z.optional(z.string().check(z.regex(taskTypeName, "Expected the name of a task type"))),
  limit: z
    ._default(integerString(1, maxLimit), defaultLimit)
    .register(z.globalRegistry, { override: { default: defaultLimit } }),
  cursor: z.optional(cursor),
});

const page = z
  .object({
    tasks: z.array(task),
    unreadable: z.optional(z.array(z.string())).register(z.globalRegistry, {
      description:
        "Ids of tasks on this page that this version of the service cannot read. Absent if there are none.",
    }),
    cursor: z.optional(z.string()).register(z.globalRegistry, {
      description:
        "The cursor of the next page. Absent on the last page. A page may have fewer tasks than `limit`, or none: a " +
        "request examines a bounded number of tasks.",
    }),
  })
  .register(z.globalRegistry, { id: "TaskPage" });

export const listTasks = defineRoute(
  {
    operationId: "listTasks",
    summary: "List tasks, newest first",
    method: "get",
    path: "/tasks",
    scope: "tasks:read",
    request: { ...emptyRequest, query },
    responses: { 200: { description: "A page of tasks.", body: page } },
    problems: ["internal-error", "persistence-disabled", "service-unavailable"],
  },
  async ({ query: { cursor: before, ...selection } }, { tasks }) => {
    const {
      tasks: found,
      unreadable,
      next,
    } = await tasks.list({
      ...selection,
      ...(before !== undefined && { before }),
    });
    return {
      status: 200,
      body: {
        tasks: found,
        ...(unreadable.length > 0 && { unreadable }),
        ...(next !== undefined && { cursor: encodeCursor(next) }),
      },
    };
  },
);
