import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { scheduledTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { functionNames } from "@serverless-tasks/functions/service";
import * as z from "zod";
import { schedules as declaredSchedules, type Schedule } from "../../deploy/20_infra/schedules";
import { naming } from "../../deploy/shared/naming";
import { LogReader } from "../../packages/console/src/log-reader";
import type { ScheduleRun, ScheduleView } from "../../packages/console/src/model";
import { textTable } from "../../packages/command-line/src/table";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { wrongUsage } from "../core/errors";
import { EventDeadLetters, invokeProducer } from "./event-dead-letters";
import { eventSources } from "./service-control";
import { slotTimes } from "./slot-times";

const dayMilliseconds = 24 * 3_600_000;
/** Lines of the producer that are read. */
const readLines = 5_000;
/** Slots that are compared with the runs. */
const comparedSlots = 20;
const shownRuns = 5;
const nextRuns = 5;
/** A rule fires within a minute of its slot. */
const lateMilliseconds = 60_000;

/** Reads the log lines of an environment's functions. */
export const logReader = ({ config, client }: Pick<EnvironmentAccount, "config" | "client">) =>
  new LogReader(
    new CloudWatchLogsClient(client),
    Object.fromEntries(functionNames.map((name) => [name, naming(config)(name)])),
  );

const submitted = z.looseObject({
  message: z.literal("scheduled task submitted"),
  schedule: z.string(),
  time: z.string(),
  taskId: z.string(),
  outcome: z.string(),
});
const swept = z.looseObject({ message: z.literal("sweep completed") });

/** The schedules of an environment and the outbox's sweep, with the runs of the last day that the producer has logged. */
export async function listSchedules(account: EnvironmentAccount, now = new Date()): Promise<ScheduleView[]> {
  const nameOf = naming(account.config);
  const query = { function: "producer", since: now.getTime() - dayMilliseconds, bound: readLines };
  const [sources, { lines }] = await Promise.all([
    eventSources(account).list(),
    logReader(account).read(query),
  ]);
  const runs = new Map<string, ScheduleRun[]>();
  const add = (name: string, run: ScheduleRun) => void runs.set(name, [...(runs.get(name) ?? []), run]);
  for (const { raw, at } of lines) {
    const json = parseJson(raw);
    const task = submitted.safeParse(json).data;
    if (task !== undefined) add(task.schedule, { at: task.time, taskId: task.taskId, outcome: task.outcome });
    else if (swept.safeParse(json).success)
      add("outbox-sweep", { at: new Date(at).toISOString(), outcome: "completed" });
  }
  return declaredSchedules(account.config.infra).map((schedule) => {
    const rule = sources.find(({ kind, name }) => kind === "rule" && name === nameOf(schedule.name));
    const isEnabled = rule?.enabled ?? schedule.enabled;
    return {
      ...viewOf(schedule, runs.get(schedule.name) ?? [], now, isEnabled),
      ...(rule?.paused !== undefined && { paused: rule.paused.reason }),
    };
  });
}

/** Prints the schedules with their last and next runs. */
export async function printSchedules(account: EnvironmentAccount): Promise<ScheduleView[]> {
  const found = await listSchedules(account);
  const rows = found.map(({ name, expression, enabled, paused, runs, next, missed }) => [
    name,
    expression,
    paused === undefined ? (enabled ? "enabled" : "disabled") : `paused: ${paused}`,
    runs[0]?.at ?? "-",
    next[0] ?? "-",
    String(missed.length),
  ]);
  console.log(textTable([["schedule", "expression", "state", "last run", "next run", "missed"], ...rows]));
  return found;
}

function viewOf(
  { name, expression, event }: Schedule,
  runs: readonly ScheduleRun[],
  now: Date,
  enabled: boolean,
): ScheduleView {
  const newest = runs.at(-1);
  const anchor = newest === undefined ? undefined : new Date(newest.at);
  return {
    ...{ name, expression, enabled, kind: event.kind === "sweep" ? "sweep" : "task" },
    ...(event.kind === "schedule" && { type: event.type, payload: event.payload }),
    next: enabled ? isoTimes(slotTimes(expression, { from: now, count: nextRuns, anchor })) : [],
    runs: runs.slice(-shownRuns).reverse(),
    missed: enabled ? missedSlots(expression, runs, now) : [],
  };
}

/** Slots since the first known run that have none. */
function missedSlots(expression: string, runs: readonly ScheduleRun[], now: Date): string[] {
  const times = runs.map(({ at }) => new Date(at).getTime());
  const [first] = times;
  if (first === undefined) return [];
  // The newest slot may still be running.
  const from = new Date(now.getTime() - 2 * lateMilliseconds);
  const anchor = new Date(times.at(-1) ?? first);
  const slots = slotTimes(expression, { from, count: comparedSlots, anchor, backwards: true });
  return isoTimes(
    slots.filter(
      (slot) =>
        slot.getTime() > first && !times.some((time) => Math.abs(time - slot.getTime()) <= lateMilliseconds),
    ),
  );
}

const isoTimes = (times: readonly Date[]) => times.map((time) => time.toISOString());

/**
 * Sends the event of a schedule to the producer now, and waits for it.
 * @returns the id of its task; undefined for the sweep
 * @throws {UsageError} when there is no such schedule
 */
export async function runSchedule(
  { config, client }: Pick<EnvironmentAccount, "config" | "client">,
  name: string,
  now = new Date(),
): Promise<string | undefined> {
  const all = declaredSchedules(config.infra);
  const schedule = all.find((each) => each.name === name);
  if (schedule === undefined)
    throw wrongUsage(
      `Expected one of the schedules ${all.map((each) => each.name).join(", ")}, found "${name}".`,
    );
  const event = { ...schedule.event, time: now.toISOString() };
  const invoke = invokeProducer(
    new LambdaClient(client),
    naming(config)("producer"),
    new EventDeadLetters(config),
  );
  await invoke(JSON.stringify(event));
  return event.kind === "sweep" ? undefined : scheduledTaskId(name, now);
}
