import * as z from "zod/mini";
import { task } from "../../shared/tasks/task";
import { entityTag, namesTag } from "../http/entity-tag";
import { emptyRequest, defineRoute } from "./define-route";
import { taskPath, taskProblems } from "./parameters";

const headers = {
  ETag: "Changes with each change of the task.",
  "Cache-Control": "Requires revalidation of cached responses.",
};

export const getTask = defineRoute(
  {
    operationId: "getTask",
    summary: "Get a task",
    method: "get",
    path: "/tasks/{id}",
    scope: "tasks:read",
    request: {
      ...emptyRequest,
      path: taskPath,
      headers: z.object({ "if-none-match": z.optional(z.string()) }),
    },
    responses: {
      200: { description: "The task.", headers, body: task },
      304: { description: "The task matches `If-None-Match`.", headers },
    },
    problems: taskProblems,
  },
  async ({ path: { id }, headers: { "if-none-match": known } }, { tasks }) => {
    const found = await tasks.get(id);
    const tag = entityTag(found);
    const responseHeaders = { ETag: tag, "Cache-Control": "private, no-cache" };
    return namesTag(known, tag)
      ? { status: 304, headers: responseHeaders }
      : { status: 200, headers: responseHeaders, body: found };
  },
);
