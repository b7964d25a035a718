import * as z from "zod";
import { parseJson } from "../../local-cloud/src/parse-json";
import type { ConsoleTask, LogLine, TaskDetail, TimelineEvent } from "./model";

/** What the service logs about a task. */
const line = z.looseObject({
  message: z.string().default(""),
  /** When the function has logged it; CloudWatch's own time is later. */
  timestamp: z.string().optional(),
  taskId: z.string().optional(),
  requestId: z.string().optional(),
  receiveCount: z.number().optional(),
  attempt: z.number().optional(),
  milliseconds: z.number().optional(),
  sentAt: z.string().optional(),
  route: z.string().optional(),
  status: z.number().optional(),
  schedule: z.string().optional(),
  reason: z.string().optional(),
  error: z.looseObject({ name: z.string().optional(), message: z.string().optional() }).optional(),
});
type Line = z.output<typeof line>;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

export interface TimelineInput {
  readonly task: ConsoleTask;
  /** Lines about the task, and of the request that has created it; the oldest first. */
  readonly lines: readonly LogLine[];
  /** When it was found in the dead-letter queue. */
  readonly deadLetterAt?: string | undefined;
  /** Redrives of its dead letter and other changes, which the audit log has. */
  readonly changes: readonly { readonly at: string; readonly kind: TimelineEvent["kind"] }[];
}

/** A task's life, from its request to its result, as far as logs and the task have it. */
export function timelineOf({ task, lines, deadLetterAt, changes }: TimelineInput): TimelineEvent[] {
  const events: TimelineEvent[] = [{ at: task.createdAt, kind: "stored", detail: `task ${task.id}` }];
  const sent = new Set<string>();
  for (const { at, raw } of lines) {
    const logged = line.safeParse(parseJson(raw)).data;
    if (logged === undefined) continue;
    // Once for each time that SQS has got it.
    if (logged.sentAt !== undefined && !sent.has(logged.sentAt)) {
      sent.add(logged.sentAt);
      events.push({ at: logged.sentAt, kind: "sent", detail: "to the queue" });
    }
    events.push(...eventsOf(timeOf(logged) ?? at, logged));
  }
  if (deadLetterAt !== undefined) events.push({ at: deadLetterAt, kind: "dead letter", isError: true });
  events.push(...changes);
  if (task.state === "cancelled") events.push({ at: task.updatedAt, kind: "cancelled" });
  // A version of the service that logs no times, or lines that are expired.
  if (task.state === "succeeded" && !events.some(({ kind }) => kind === "succeeded"))
    events.push({ at: task.updatedAt, kind: "succeeded" });
  return events.map((event) => beforeStored(event, task.createdAt)).sort(inOrder);
}

/** The time of a request is computed from its end and its duration, in whole milliseconds. */
const beforeStored = (event: TimelineEvent, storedAt: string): TimelineEvent =>
  event.kind === "request" && event.at > storedAt && (event.detail?.startsWith("POST /tasks ") ?? false)
    ? { ...event, at: storedAt }
    : event;

/** Kinds within one millisecond. */
const order: readonly TimelineEvent["kind"][] = [
  "request",
  "scheduled",
  "stored",
  "sent",
  "received",
  "attempt",
];
const rankOf = ({ kind }: TimelineEvent) => (order.includes(kind) ? order.indexOf(kind) : order.length);

const inOrder = (one: TimelineEvent, other: TimelineEvent): number =>
  one.at === other.at ? rankOf(one) - rankOf(other) : one.at < other.at ? -1 : 1;

/** Milliseconds since 1970; undefined when the line has no time. */
function timeOf({ timestamp }: Line): number | undefined {
  const time = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? undefined : time;
}

function eventsOf(at: number, logged: Line): TimelineEvent[] {
  const { message, milliseconds = 0, attempt, receiveCount, status, route, error } = logged;
  const started = iso(at - milliseconds);
  const detail = receiveCount === undefined ? undefined : `delivery ${receiveCount}`;
  switch (message) {
    case "request completed":
      if (route === undefined || !/^(POST|DELETE) /.test(route)) return [];
      return [{ at: started, kind: "request", detail: `${route} → ${status ?? "?"}`, milliseconds }];
    case "scheduled task submitted":
      return [{ at: iso(at), kind: "scheduled", detail: `schedule ${logged.schedule ?? ""}` }];
    case "task published":
      return [{ at: iso(at), kind: "published by the sweep" }];
    case "message postponed":
      return [{ at: iso(at), kind: "postponed", detail: logged.reason }];
    case "task succeeded":
      return [
        { at: started, kind: "received", detail },
        { at: started, kind: "attempt", attempt, milliseconds },
        { at: iso(at), kind: "succeeded" },
      ];
    case "attempt failed":
    case "last attempt failed":
      return [
        { at: started, kind: "received", detail },
        { at: started, kind: "attempt", attempt: attempt ?? receiveCount, milliseconds },
        { at: iso(at), kind: "failed", detail: error?.message, isError: true },
      ];
    default:
      return [];
  }
}

/** The errors of all attempts, the newest first. */
export function errorsOf(lines: readonly LogLine[]): TaskDetail["errors"] {
  return lines
    .flatMap(({ at, raw }) => {
      const logged = line.safeParse(parseJson(raw)).data;
      if (logged?.error === undefined || !/attempt failed$/.test(logged.message)) return [];
      const { name = "Error", message = "" } = logged.error;
      return [{ at: iso(at), attempt: logged.receiveCount ?? 0, error: `${name}: ${message}` }];
    })
    .reverse();
}

/** The request that has created a task, of the lines about it. */
export function requestIdOf(lines: readonly LogLine[]): string | undefined {
  for (const { raw } of lines) {
    const logged = line.safeParse(parseJson(raw)).data;
    if (logged?.receiveCount !== undefined && logged.requestId !== undefined) return logged.requestId;
  }
  return undefined;
}
