import { isOpen, task, type Task, type TaskState } from "../tasks/task";
import { UnreadableTaskError, type Origin } from "../tasks/task-repository";
import type { Row } from "./database";

/** The columns of a task, which each query returns. */
export const columns =
  "id, type, state, payload, attempts, revision, created_at, updated_at, result, error, request_id, caller_group, " +
  "traceparent, xray_trace, lease_ends, expires_at";

/** A task in the table, with what clients do not see. */
export interface StoredTask {
  readonly task: Task;
  readonly origin: Origin;
  readonly leaseEnds: Date | undefined;
}

/** @throws {UnreadableTaskError} when no version of this service has written the row */
export function storedTask(row: Row): StoredTask {
  const { success, data, error } = task.safeParse(
    present({
      ...row,
      createdAt: iso(row.created_at),
      updatedAt: iso(row.updated_at),
    }),
  );
  if (!success) throw new UnreadableTaskError(error);
  const { request_id, caller_group, traceparent, xray_trace, lease_ends } = row;
  return {
    task: data,
    origin: present({
      requestId: String(request_id),
      group: string(caller_group),
      traceparent: string(traceparent),
      xrayTrace: string(xray_trace),
    }),
    leaseEnds: lease_ends instanceof Date ? lease_ends : undefined,
  };
}

/** Expired tasks count as deleted until a sweep deletes them. */
export const isExpired = ({ expires_at }: Row, now: Date): boolean =>
  expires_at instanceof Date && expires_at <= now;

const millisecondsOfDay = 24 * 3_600_000;

/** When a task expires that has reached a state at that time; an open task never does. */
export const expiry = (state: TaskState, now: Date, retentionDays: number | undefined): Date | null =>
  retentionDays === undefined || isOpen(state)
    ? null
    : new Date(now.getTime() + retentionDays * millisecondsOfDay);

/** A string that `text` can hold, which has no U+0000. */
export const storedText = (text: string): string => text.replaceAll("\0", "\uFFFD");

const iso = (time: unknown) => (time instanceof Date ? time.toISOString() : time);
const string = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Without members that are undefined or null, as columns without a value are. */
const present = <Members extends object>(members: Members): Members =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as Members;
