import type { Task } from "../../client";
import {
  argument,
  integer,
  oneOf,
  option,
  rest,
  string,
  utcTime,
} from "../../packages/command-line/src/arguments";
import type { Values } from "../../packages/command-line/src/define-command";
import { wrongUsage } from "../core/errors";
import type { TaskChange } from "./bulk-tasks";

const states = ["pending", "queued", "running", "succeeded", "failed", "cancelled"] as const;
/** The states of the tasks that an action changes. */
export const changeable: Readonly<Record<TaskChange, readonly Task["state"][]>> = {
  retry: ["failed"],
  cancel: ["pending", "queued"],
};

export const taskLeading = {
  action: argument(
    "get, list, create, retry or cancel.",
    oneOf("actions", ["get", "list", "create", "retry", "cancel"]),
  ),
};
export const taskArguments = {
  ids: rest(
    "Ids of tasks. Without them, retry and cancel are for all tasks that the options select.",
    String,
  ),
};
export const taskOptions = {
  state: option("state", "Only tasks in that state.", oneOf("states", states)),
  type: string("type", "Only tasks of a type; for create: its type."),
  contains: string("words", "Only tasks whose payload, as JSON, contains it."),
  caller: string("group", "Only tasks of a caller, by its message group; reads the table."),
  payload: string("json", "For create: the payload; a file with @ before its name."),
  count: option("count", "For create: so many tasks (1).", integer("a count", 1, 1_000)),
  "older-than": option("minutes", "Only tasks whose last change is older.", integer("minutes", 0, 5_256_000)),
  before: option("time", "Only tasks whose last change was before; ISO 8601, UTC.", utcTime),
  limit: option("count", "At most so many; 20 for list.", integer("a count", 1, 1_000_000)),
  rate: option(
    "count",
    "For retry and cancel: at most so many per second (50).",
    integer("a rate", 1, 1_000),
  ),
  token: string("file", "A file with a JWT, where the API authorizes by JWT."),
};
export type TaskValues = Values<typeof taskLeading, typeof taskOptions> &
  Values<typeof taskArguments, object>;

/** @throws {UsageError} when options do not fit the action, or each other */
export function validateTaskValues({ action, ids, state, ...values }: TaskValues): void {
  const { type, before, "older-than": minutes, limit, rate, contains, caller, payload, count } = values;
  const filters = [state, type, before, minutes, limit, contains, caller].filter(
    (value) => value !== undefined,
  );
  const isCreate = action === "create";
  if (isCreate !== (payload !== undefined))
    throw wrongUsage("Expected --type and --payload with create, and no --payload with another action.");
  if (isCreate && (type === undefined || filters.length > 1 || ids.length > 0))
    throw wrongUsage("Expected --type and --payload with create, and no id or filter.");
  if (count !== undefined && !isCreate) throw wrongUsage(`Expected create with --count, found ${action}.`);
  if (action === "get" && (ids.length !== 1 || filters.length > 0))
    throw wrongUsage("Expected the id of one task with get, and no filter.");
  if (action === "list" && ids.length > 0) throw wrongUsage("Expected no id with list: get prints one task.");
  if (rate !== undefined && !isChange(action))
    throw wrongUsage(`Expected retry or cancel with --rate, found ${action}.`);
  if (!isChange(action)) return;
  if (ids.length > 0 && filters.length > 0)
    throw wrongUsage("Expected ids of tasks or options that select them, found both.");
  if (state !== undefined && !changeable[action].includes(state))
    throw wrongUsage(`Expected --state ${changeable[action].join(" or ")} with ${action}, found ${state}.`);
}

const isChange = (action: string): action is TaskChange => action in changeable;
