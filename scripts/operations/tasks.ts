import { readFileSync } from "node:fs";
import type { NewTask, Task, TasksClient } from "../../client";
import { textTable } from "../../packages/command-line/src/table";
import { userError, wrongUsage } from "../core/errors";
import { changeTask, changeTasks, selectTasks, type ChangeProgress, type TaskChange } from "./bulk-tasks";
import { apiFailure } from "./task-failure";
import { changeable, type TaskValues } from "./task-options";
import type { ReadOrigins } from "./task-origins";

/** Tasks that list prints without --limit. */
const listed = 20;
/** Requests per second without --rate. */
const usualRate = 50;
const progressMilliseconds = 2_000;

export interface TaskTarget {
  readonly api: TasksClient;
  /** For --caller. */
  readonly readOrigins?: ReadOrigins;
  /** Whether --yes was given. */
  readonly yes: boolean;
}

/** Prints, lists, retries or cancels tasks. */
export async function runTaskCommand(values: TaskValues, target: TaskTarget): Promise<object> {
  const { action, ids } = values;
  const { api } = target;
  if (action === "get") return printTask(api, ids[0] ?? "");
  if (action === "list") return printTasks(target, values);
  if (action === "create") return createTasks(api, values);
  return ids.length > 0 ? changeEach(api, action, ids) : changeSelected(target, action, values);
}

/** Creates tasks, and prints their ids. */
async function createTasks(
  api: TasksClient,
  { type = "", payload = "", count = 1 }: TaskValues,
): Promise<Task[]> {
  // The API validates it.
  const body = { type, payload: readPayload(payload) } as unknown as NewTask;
  const tasks: Task[] = [];
  for (let created = 0; created < count; created++) {
    const { data, error, response } = await api.POST("/tasks", { body });
    if (data === undefined) throw apiFailure("POST /tasks", response.status, error);
    console.log(data.id);
    tasks.push(data);
  }
  return tasks;
}

function readPayload(given: string): unknown {
  try {
    return JSON.parse(given.startsWith("@") ? readFileSync(given.slice(1), "utf8") : given);
  } catch (error) {
    throw wrongUsage(`Expected JSON, or @ and a file with JSON, in --payload: ${String(error)}`, error);
  }
}

async function printTask(api: TasksClient, id: string): Promise<Task> {
  const { data, error, response } = await api.GET("/tasks/{id}", { params: { path: { id } } });
  if (data === undefined) throw apiFailure(`GET /tasks/${id}`, response.status, error);
  console.log(JSON.stringify(data, null, 2));
  return data;
}

async function select(
  { api, readOrigins }: TaskTarget,
  values: TaskValues,
  states: readonly Task["state"][],
  limit: number,
) {
  const { type, before, "older-than": minutes, contains, caller } = values;
  const times = [before, minutes === undefined ? undefined : new Date(Date.now() - minutes * 60_000)].flatMap(
    (each) => each?.getTime() ?? [],
  );
  const changedBefore = times.length === 0 ? undefined : new Date(Math.min(...times));
  const tasks: Task[] = [];
  const filter = { states, type, changedBefore, contains, caller };
  for await (const task of selectTasks(api, filter, { readOrigins })) {
    tasks.push(task);
    if (tasks.length === limit) break;
  }
  return tasks;
}

async function printTasks(target: TaskTarget, values: TaskValues): Promise<Task[]> {
  const { state, limit = listed } = values;
  const tasks = await select(target, values, state === undefined ? [] : [state], limit);
  const rows = tasks.map(({ id, type, state, attempts, updatedAt, error = "" }) => [
    id,
    type,
    state,
    String(attempts),
    updatedAt,
    error,
  ]);
  console.log(
    rows.length === 0
      ? "There were none."
      : textTable([["id", "type", "state", "attempts", "changed", "error"], ...rows]),
  );
  return tasks;
}

/** @throws {CommandError} when a task is in another state */
async function changeEach(api: TasksClient, action: TaskChange, ids: readonly string[]) {
  const refused: string[] = [];
  for (const id of ids) {
    const changed = await changeTask(api, id, action);
    if (changed === undefined) refused.push(id);
    else console.log(`${id}: ${changed.state}`);
  }
  if (refused.length === 0) return { selected: ids.length, changed: ids.length, skipped: 0 };
  throw userError(
    `The state of ${refused.join(", ")} does not allow to ${action}.`,
    `a task that is ${changeable[action].join(" or ")}`,
    `print it: npm run cli -- tasks get <environment> ${refused[0] ?? ""}`,
  );
}

/** Counts the selected tasks by type and state, and changes them when it is confirmed. */
async function changeSelected(target: TaskTarget, action: TaskChange, values: TaskValues) {
  const { api, yes } = target;
  const { state, limit = Number.POSITIVE_INFINITY, rate = usualRate, before = new Date() } = values;
  // A task that fails again meanwhile has a later change: it is not selected twice.
  const chosen = { ...values, before };
  const tasks = await select(target, chosen, state === undefined ? changeable[action] : [state], limit);
  const groups = countGroups(tasks);
  console.log(
    groups.length === 0
      ? "There were none."
      : textTable([
          ["count", "type", "state", "oldest change"],
          ...groups.map(({ count, type, state, oldest }) => [String(count), type, state, oldest]),
        ]),
  );
  const counted = { selected: tasks.length, groups };
  if (tasks.length === 0) return { ...counted, changed: 0, skipped: 0 };
  if (!yes) {
    console.log(`Nothing was changed. To ${action} them, add --yes.`);
    return { ...counted, changed: 0, skipped: 0 };
  }
  console.log(`To resume after an interruption, repeat the command with --before ${before.toISOString()}.`);
  const print = ({ changed, skipped }: ChangeProgress) => {
    console.log(
      `${done(action)} ${changed} of ${tasks.length} tasks${skipped > 0 ? `, skipped ${skipped} whose state had changed` : ""}.`,
    );
  };
  const result = await changeTasks(
    api,
    tasks.map(({ id }) => id),
    { change: action, rate, onProgress: every(progressMilliseconds, print) },
  );
  print(result);
  return { ...counted, ...result };
}

const done = (action: TaskChange) => (action === "retry" ? "Retried" : "Cancelled");

/** Calls at most once in that time. */
function every<Value>(milliseconds: number, call: (value: Value) => void): (value: Value) => void {
  let next = Date.now() + milliseconds;
  return (value) => {
    if (Date.now() < next) return;
    next = Date.now() + milliseconds;
    call(value);
  };
}

interface TaskGroup {
  readonly type: string;
  readonly state: Task["state"];
  readonly count: number;
  readonly oldest: string;
}

/** The largest group first. */
function countGroups(tasks: readonly Task[]): TaskGroup[] {
  const groups = new Map<string, TaskGroup>();
  for (const { type, state, updatedAt } of tasks) {
    const key = JSON.stringify([type, state]);
    const { count, oldest } = groups.get(key) ?? { count: 0, oldest: updatedAt };
    groups.set(key, { type, state, count: count + 1, oldest: updatedAt < oldest ? updatedAt : oldest });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
