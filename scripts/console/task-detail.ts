import * as z from "zod";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import type { LogReader } from "../../packages/console/src/log-reader";
import type { AuditEntry, LogLine, TaskDetail } from "../../packages/console/src/model";
import { masked } from "../../packages/console/src/secret-members";
import { errorsOf, requestIdOf, timelineOf } from "../../packages/console/src/timeline";
import { isShown } from "../operations/function-logs";
import { getTask, type TaskContext } from "./task-operations";
import type { findDeadLetter } from "./dead-letter-operations";

/** Lines of each function about a task that are read. */
const lineBound = 2_000;
/** A request starts before its task is stored. */
const earlierMilliseconds = 60_000;

export interface DetailContext extends TaskContext {
  readonly logs: LogReader;
  readonly findDeadLetter: (id: string) => ReturnType<typeof findDeadLetter>;
}

const created = z.looseObject({ from: z.string().optional() });
const createdIds = z.looseObject({ ids: z.array(z.string()) });

/** Tasks that were created from another one's payload, of the audit log. */
function linksOf(entries: readonly AuditEntry[], id: string): TaskDetail["links"] {
  const to: string[] = [];
  let from: string | undefined;
  for (const { operation, input, outcome, detail } of entries) {
    if (operation !== "tasks/create" || outcome !== "done") continue;
    const source = created.safeParse(input).data?.from;
    const ids = createdIds.safeParse(JSON.parse(detail ?? "{}")).data?.ids ?? [];
    if (source === id) to.push(...ids);
    if (ids.includes(id)) from = source;
  }
  return { from, to };
}

type TimelineChange = Parameters<typeof timelineOf>[0]["changes"][number];

/** Changes of a task that the audit log has. */
function changesOf(entries: readonly AuditEntry[], id: string): TimelineChange[] {
  const changes = z.looseObject({ change: z.string().optional(), ids: z.array(z.string()).default([]) });
  const redriven = z.looseObject({ id: z.string().optional() });
  return entries.flatMap(({ at, operation, input, outcome }): TimelineChange[] => {
    if (outcome !== "done") return [];
    const { change, ids = [] } = changes.safeParse(input).data ?? {};
    if (operation === "tasks/change" && change === "retry" && ids.includes(id))
      return [{ at, kind: "retried" }];
    if (operation === "dead-letters/redrive" && redriven.safeParse(input).data?.id === id)
      return [{ at, kind: "redriven" }];
    return [];
  });
}

/** A task with its log lines, timeline and dead letter. */
export const taskDetail =
  ({ api, readOrigins, secretMembers, audit, logs, findDeadLetter }: DetailContext): ConsoleService["task"] =>
  async ({ id }) => {
    const task = await getTask(api, id);
    const since = new Date(task.createdAt).getTime() - earlierMilliseconds;
    const [about, origins, letter] = await Promise.all([
      logs.read({ since, terms: [id], bound: lineBound }),
      readOrigins([id]).catch(() => undefined),
      findDeadLetter(id).catch(() => undefined),
    ]);
    const origin = origins?.get(id);
    const requestId = origin?.requestId ?? requestIdOf(about.lines);
    const ofRequest =
      requestId === undefined
        ? []
        : (await logs.read({ since, terms: [requestId], function: "api", bound: lineBound })).lines;
    const lines = merged(about.lines, ofRequest).filter(
      ({ raw }) =>
        isShown(raw, { task: id }) || (requestId !== undefined && isShown(raw, { request: requestId })),
    );
    const shown = masked(task, secretMembers);
    const consoleTask = { ...shown, caller: origin?.caller };
    const entries = audit.entries();
    return {
      task: consoleTask,
      requestId,
      timeline: timelineOf({
        task: consoleTask,
        lines,
        deadLetterAt: letter?.sentAt,
        changes: changesOf(entries, id),
      }),
      errors: errorsOf(lines),
      logs: lines,
      deadLetter: letter,
      links: linksOf(entries, id),
    };
  };

function merged(one: readonly LogLine[], other: readonly LogLine[]): LogLine[] {
  const byLine = new Map([...one, ...other].map((line) => [`${line.at} ${line.raw}`, line]));
  return [...byLine.values()].sort((a, b) => a.at - b.at);
}
