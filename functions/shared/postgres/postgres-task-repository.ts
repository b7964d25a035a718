import { taskState, type Task, type TaskState } from "../tasks/task";
import { firstIdAt } from "../tasks/task-id";
import {
  LostLeaseError,
  UnreadableTaskError,
  type Claim,
  type CreateResult,
  type Idempotency,
  type ListQuery,
  type Origin,
  type TaskCounts,
  type TaskPage,
  type TaskRepository,
  type TaskRevision,
  type Transition,
  type TransitionResult,
  type UnreadableTask,
} from "../tasks/task-repository";
import type { Database, Row } from "./database";
import { TaskCreation } from "./task-creation";
import { columns, isExpired, storedTask, storedText, type StoredTask } from "./task-row";
import {
  allOf,
  claimable,
  heldByAttempt,
  inOneOf,
  notExpired,
  notNewerThan,
  readOf,
  statement,
  updateOf,
  type TaskChange,
} from "./task-update";

export interface PostgresTaskRepositoryOptions {
  readonly now?: () => Date;
  /** Days until a finished task expires; undefined if it never does. */
  readonly retentionDays?: number | undefined;
}

/** How often a change is repeated whose condition began to hold after its update. */
const maxRepetitions = 3;

/** Tasks in PostgreSQL, in the tables of `migrations`. Each change is one statement with its condition. */
export class PostgresTaskRepository implements TaskRepository {
  private readonly creation: TaskCreation;
  private readonly now: () => Date;
  private readonly retentionDays: number | undefined;

  constructor(
    private readonly database: Database,
    { now = () => new Date(), retentionDays }: PostgresTaskRepositoryOptions = {},
  ) {
    this.now = now;
    this.retentionDays = retentionDays;
    this.creation = new TaskCreation(database, now);
  }

  create(task: Task, origin: Origin, idempotency?: Idempotency): Promise<CreateResult> {
    return idempotency === undefined
      ? this.creation.create(task, origin)
      : this.creation.createOnce(task, origin, idempotency);
  }

  async markPublished({ taskId: id, revision }: TaskRevision): Promise<void> {
    // A worker may have been faster, or the task may wait to be sent again; what was written since is newer.
    await this.change({ id, state: "queued", when: allOf(inOneOf(["pending"]), notNewerThan(revision)) });
  }

  async get(id: string): Promise<Task | undefined> {
    const [row] = await this.database.query(`SELECT ${columns} FROM tasks WHERE id = $1`, [id]);
    return row === undefined || isExpired(row, this.now()) ? undefined : storedTask(row).task;
  }

  async transition(id: string, from: readonly TaskState[], to: Transition): Promise<TransitionResult> {
    const { changed, found } = await this.changeAndRead({
      id,
      state: to.state,
      ...(to.state === "pending" && {
        set: {
          request_id: to.origin.requestId,
          ...(to.origin.group !== undefined && { caller_group: to.origin.group }),
          // The trace of the former request ends.
          traceparent: to.origin.traceparent ?? null,
          xray_trace: to.origin.xrayTrace ?? null,
        },
        count: "revision",
      }),
      when: allOf(inOneOf(from), notExpired(this.now())),
    });
    return { changed, task: found?.task };
  }

  async list({ state, type, limit, before }: ListQuery): Promise<TaskPage> {
    const { sql, values } = statement((bind) => {
      const conditions = [
        ...(state === undefined ? [] : [`state = ${bind(state)}`]),
        ...(type === undefined ? [] : [`type = ${bind(type)}`]),
        ...(before === undefined ? [] : [`id < ${bind(before)}`]),
      ];
      const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
      return `SELECT ${columns} FROM tasks ${where} ORDER BY id DESC LIMIT ${bind(limit + 1)}`;
    });
    const rows = await this.database.query(sql, values);
    const page = rows.slice(0, limit);
    const now = this.now();
    // Not a condition of the query, which would read past all expired tasks.
    const tasks = page.filter((row) => !isExpired(row, now)).map(readTask);
    return { tasks, next: rows.length > limit ? String(page.at(-1)?.id) : undefined };
  }

  async countSince(time: Date, types: readonly string[]): Promise<TaskCounts> {
    const rows = await this.database.query(
      "SELECT state, type, count(*)::integer AS tasks FROM tasks WHERE id >= $1 GROUP BY state, type",
      [firstIdAt(time)],
    );
    const count = (column?: string, value?: string) =>
      rows
        .filter((row) => column === undefined || row[column] === value)
        .reduce((sum, { tasks }) => sum + Number(tasks), 0);
    const countBy = <Name extends string>(column: string, names: readonly Name[]) =>
      Object.fromEntries(names.map((name) => [name, count(column, name)])) as Record<Name, number>;
    return { total: count(), byState: countBy("state", taskState.options), byType: countBy("type", types) };
  }

  async claim({ taskId: id, revision }: TaskRevision, leaseEnds: Date, exclusive = false): Promise<Claim> {
    const now = this.now();
    const { changed, found } = await this.changeAndRead({
      ...{ id, state: "running", count: "attempts", set: { lease_ends: leaseEnds } },
      when: claimable(revision, now, exclusive),
    });
    if (found === undefined) return { outcome: "unknown" };
    const { task } = found;
    if (changed) return { outcome: "claimed", task };
    if (task.revision > revision) return { outcome: "stale" };
    if (task.state !== "running") return { outcome: "finished", task };
    const isInterrupted = found.leaseEnds !== undefined && found.leaseEnds < now;
    return isInterrupted ? { outcome: "interrupted", attempts: task.attempts } : { outcome: "busy" };
  }

  async succeed({ id, attempts }: Task, result: NonNullable<Task["result"]>): Promise<void> {
    const { changed, found } = await this.changeAndRead({
      ...{ id, state: "succeeded", count: "effects", set: { result: JSON.stringify(result) } },
      when: heldByAttempt(attempts),
    });
    // A statement is repeated after a lost response, so this attempt may have recorded its success itself.
    const isRecorded = found?.task.state === "succeeded" && found.task.attempts === attempts;
    if (!changed && !isRecorded) throw new LostLeaseError(id);
  }

  endAttempt({ id, attempts }: Task, error: string, next: "queued" | "failed"): Promise<boolean> {
    return this.change({
      ...{ id, state: next, set: { error: storedText(error) } },
      when: heldByAttempt(attempts),
    });
  }

  markFailed({ taskId: id, revision }: TaskRevision, error: string): Promise<boolean> {
    return this.change({
      ...{ id, state: "failed", set: { error: storedText(error) } },
      when: allOf(inOneOf(["pending", "queued"]), notNewerThan(revision)),
    });
  }

  /** Updates a task if the condition holds, and returns it after the update, or as it fails the condition. */
  private async changeAndRead(
    change: TaskChange,
  ): Promise<{ readonly changed: boolean; readonly found: StoredTask | undefined }> {
    for (let repetition = 0; ; repetition++) {
      const [updated] = await this.update(change);
      if (updated !== undefined) return { changed: true, found: storedTask(updated) };
      const read = readOf(change);
      const [row] = await this.database.query(read.sql, read.values);
      // Another change came between the update and this read.
      if (row?.holds === true && repetition < maxRepetitions) continue;
      const isGone = row === undefined || isExpired(row, this.now());
      return { changed: false, found: isGone ? undefined : storedTask(row) };
    }
  }

  /** Updates a task if the condition holds. @returns whether it did */
  private async change(change: TaskChange): Promise<boolean> {
    return (await this.update(change)).length > 0;
  }

  private update(change: TaskChange): Promise<Row[]> {
    const { sql, values } = updateOf(change, this.now(), this.retentionDays);
    return this.database.query(sql, values);
  }
}

/** An unreadable row does not fail the others. */
function readTask(row: Row): Task | UnreadableTask {
  try {
    return storedTask(row).task;
  } catch (error) {
    if (error instanceof UnreadableTaskError) return { id: String(row.id), unreadable: true };
    throw error;
  }
}
