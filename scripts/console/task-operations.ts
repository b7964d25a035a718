import pLimit from "p-limit";
import { taskTypes } from "@serverless-tasks/functions/worker/handlers";
import * as z from "zod";
import type { NewTask, Task, TasksClient } from "../../client";
import type { AuditLog } from "../../packages/console/src/audit-log";
import type { ConsoleService, Input, TaskFilterInput } from "../../packages/console/src/endpoints";
import { ConsoleError } from "../../packages/console/src/errors";
import type { Jobs } from "../../packages/console/src/jobs";
import type { ConsoleTask, TaskGroup, TasksResult } from "../../packages/console/src/model";
import { masked, unmasked } from "../../packages/console/src/secret-members";
import { changeTask, changeTasks, matching, selectTasks, type TaskFilter } from "../operations/bulk-tasks";
import { apiFailure } from "../operations/task-failure";
import { changeable } from "../operations/task-options";
import type { ReadOrigins, TaskOrigin } from "../operations/task-origins";

/** Tasks that a search, and a dry run, reads at most. */
const searchBound = 1_000;
const selectionBound = 10_000;
const pageSize = 100;
const concurrentCreations = 8;

export interface TaskContext {
  readonly api: TasksClient;
  readonly readOrigins: ReadOrigins;
  readonly secretMembers: readonly string[];
  readonly audit: AuditLog;
  readonly jobs: Jobs;
}

const filterOf = ({ state, type, contains, caller, olderThan }: TaskFilterInput): TaskFilter => ({
  ...{ states: state === undefined ? [] : [state], type, contains, caller },
  changedBefore: olderThan === undefined ? undefined : new Date(Date.now() - olderThan * 60_000),
});

/** Without origins where the caller may not read the table. */
async function withCallers(
  { readOrigins, secretMembers }: TaskContext,
  tasks: readonly Task[],
): Promise<ConsoleTask[]> {
  const origins = await readOrigins(tasks.map(({ id }) => id)).catch(() => new Map<string, TaskOrigin>());
  return tasks.map((task) => ({
    ...masked(task, secretMembers),
    caller: origins.get(task.id)?.caller,
  }));
}

/** A page of tasks. A filter that the API does not have is applied to at most `searchBound` tasks. */
async function listTasks(context: TaskContext, input: Input<"tasks">): Promise<TasksResult> {
  const filter = filterOf(input);
  const { contains, caller, olderThan, state, type, limit } = input;
  const searches = [contains, caller, olderThan].some((each) => each !== undefined);
  const found: Task[] = [];
  let { cursor } = input;
  let examined = 0;
  do {
    const query = { limit: searches ? pageSize : limit, state, type, cursor };
    const { data, error, response } = await context.api.GET("/tasks", { params: { query } });
    if (data === undefined) throw apiFailure("GET /tasks", response.status, error);
    examined += data.tasks.length;
    found.push(...(await matching(data.tasks, filter, context.readOrigins)));
    ({ cursor } = data);
  } while (cursor !== undefined && found.length < limit && examined < searchBound);
  return {
    tasks: await withCallers(context, found),
    cursor,
    examined,
    bound: searches ? searchBound : limit,
  };
}

/** The tasks that a change would select, up to a bound. */
async function select({ api, readOrigins }: TaskContext, input: TaskFilterInput, change: "retry" | "cancel") {
  const states = input.state === undefined ? changeable[change] : [input.state];
  if (!states.every((state) => changeable[change].includes(state)))
    throw new ConsoleError(422, {
      code: "invalid-input",
      message: `Tasks that are ${states.join(", ")} cannot be changed by ${change}.`,
      expected: changeable[change].join(" or "),
      next: "select that state",
    });
  const selected: Task[] = [];
  let examined = 0;
  const options = { readOrigins, onPage: (count: number) => void (examined += count) };
  for await (const task of selectTasks(api, { ...filterOf(input), states }, options)) {
    if (examined > selectionBound) return { selected, isBounded: true };
    selected.push(task);
  }
  return { selected, isBounded: false };
}

/** The API's errors in the payload, with their positions. */
const problem = z.looseObject({
  type: z.string().default("/problems/unknown"),
  title: z.string().default("The API has refused the task."),
  detail: z.string().default(""),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

async function createTasks(context: TaskContext, input: Input<"tasks/create">) {
  const { type, payload, count, from } = input;
  const original = from === undefined ? undefined : (await getTask(context.api, from)).payload;
  const body = { type, payload: unmasked(payload, original) } as unknown as NewTask;
  const limit = pLimit(concurrentCreations);
  const create = async () => {
    const { data, error, response } = await context.api.POST("/tasks", { body });
    if (data !== undefined) return data.id;
    const found = problem.safeParse(error).data;
    if (response.status !== 422 || found === undefined)
      throw apiFailure("POST /tasks", response.status, error);
    const { type: code, title, detail, errors } = found;
    throw new ConsoleError(422, {
      ...{ code: code.replace("/problems/", ""), message: `${title}: ${detail}` },
      errors: errors?.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/payload/, ""), detail })),
    });
  };
  const first = await create();
  const rest = await Promise.all(Array.from({ length: count - 1 }, () => limit(create)));
  return { ids: [first, ...rest] };
}

export async function getTask(api: TasksClient, id: string): Promise<Task> {
  const { data, error, response } = await api.GET("/tasks/{id}", { params: { path: { id } } });
  if (data !== undefined) return data;
  if (response.status !== 404) throw apiFailure(`GET /tasks/${id}`, response.status, error);
  throw new ConsoleError(404, {
    code: "task-not-found",
    message: `There is no task ${id}.`,
    expected: "a task that has not expired",
    next: "search the list of tasks",
  });
}

/** The largest group first. */
function groupsOf(tasks: readonly Task[]): TaskGroup[] {
  const groups = new Map<string, TaskGroup>();
  for (const { type, state, updatedAt } of tasks) {
    const found = groups.get(`${state} ${type}`);
    groups.set(`${state} ${type}`, {
      ...{ type, state, count: (found?.count ?? 0) + 1 },
      oldest: found === undefined || updatedAt < found.oldest ? updatedAt : found.oldest,
    });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}

export const taskOperations = (context: TaskContext) =>
  ({
    tasks: (input) => listTasks(context, input),
    selection: async ({ change, ...input }) => {
      const { selected, isBounded } = await select(context, input, change);
      return {
        ...{ selected: selected.length, groups: groupsOf(selected), isBounded, bound: selectionBound },
      };
    },
    "tasks/create": (input) => createTasks(context, input),
    "tasks/change": async ({ change, ids }) => {
      const changed: string[] = [];
      for (const id of ids) if ((await changeTask(context.api, id, change)) !== undefined) changed.push(id);
      return { changed, refused: ids.filter((id) => !changed.includes(id)) };
    },
    "tasks/change-selected": ({ change, expected, rate, ...input }) =>
      Promise.resolve(
        context.jobs.start(`${change} the selected tasks`, async ({ progress, print }) => {
          const before = new Date();
          const { selected } = await select(context, input, change);
          // Tasks that match since the dry run were not confirmed; the oldest ones were.
          const ids = selected
            .filter(({ updatedAt }) => new Date(updatedAt) <= before)
            .map(({ id }) => id)
            .slice(-expected);
          progress({ total: ids.length });
          const onProgress = ({ changed, skipped }: { changed: number; skipped: number }) => {
            progress({ done: changed, skipped });
          };
          const { changed, skipped } = await changeTasks(context.api, ids, { change, rate, onProgress });
          progress({ done: changed, skipped });
          print(`${changed} of ${ids.length} changed, ${skipped} skipped`);
        }),
      ),
  }) satisfies Partial<ConsoleService>;

/** The task types, with the JSON Schemas of their payloads. */
export const typeSchemas = () =>
  taskTypes.map(({ name, payload }) => ({
    name,
    schema: { ...z.toJSONSchema(payload, { io: "input", unrepresentable: "any" }) },
  }));
