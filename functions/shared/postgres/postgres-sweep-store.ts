import { asError } from "../runtime/as-error";
import type { FoundPage, FoundTask, SweepStore } from "../tasks/sweep-store";
import type { Task } from "../tasks/task";
import type { Database, Row } from "./database";
import { columns, storedTask } from "./task-row";
import { statement } from "./task-update";

/** Small, so that a sweep that runs out of time has read from both ends. */
const pageSize = 100;
/** Rows that one call deletes, at most. */
const mostExpired = 5_000;

/** A position in the order of tasks by a time, and by their ids. */
interface Position {
  readonly time: unknown;
  readonly id: string;
}

/** The sweep's reads of PostgreSQL, and its lease there. */
export class PostgresSweepStore implements SweepStore {
  constructor(
    private readonly database: Database,
    private readonly now = () => new Date(),
  ) {}

  async acquireLease(holder: string, ends: Date): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO leases AS kept (name, holder, ends) VALUES ('sweep', $1, $2)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends = excluded.ends
       WHERE kept.ends < $3 OR kept.holder = excluded.holder RETURNING name`,
      [holder, ends, this.now()],
    );
    return rows.length > 0;
  }

  async releaseLease(holder: string): Promise<void> {
    await this.database.query("UPDATE leases SET ends = 'epoch' WHERE name = 'sweep' AND holder = $1", [
      holder,
    ]);
  }

  listUnpublished(changedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk("state = 'pending'", "updated_at", changedBefore);
  }

  listAbandoned(leaseEndedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk("state = 'running'", "lease_ends", leaseEndedBefore);
  }

  listQueued(changedBefore: Date): AsyncGenerator<FoundPage> {
    return this.walk("state = 'queued'", "updated_at", changedBefore);
  }

  async requeue({ id, state, updatedAt }: Task): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE tasks SET state = 'pending', revision = revision + 1, updated_at = $2, lease_ends = NULL
       WHERE id = $1 AND state = $4 AND updated_at = $3 RETURNING id`,
      [id, this.now(), updatedAt, state],
    );
    return rows.length > 0;
  }

  async deleteExpired(): Promise<number> {
    const remove = (table: string, key: string) =>
      this.database.query(
        `DELETE FROM ${table} WHERE ${key} = ANY (ARRAY(
           SELECT ${key} FROM ${table} WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)) RETURNING 1`,
        [this.now(), mostExpired],
      );
    const removed = [await remove("tasks", "id"), await remove("idempotency_keys", "key")];
    return removed.flat().length;
  }

  /** Reads alternately from the oldest and the newest end until these meet. */
  private async *walk(
    state: string,
    time: "updated_at" | "lease_ends",
    before: Date,
  ): AsyncGenerator<FoundPage> {
    let low: Position | undefined;
    let high: Position | undefined;
    for (let ascending = true; ; ascending = !ascending) {
      const { sql, values } = statement((bind) => {
        const past = (sign: string, position: Position | undefined) =>
          position === undefined
            ? []
            : [`(${time}, id) ${sign} (${bind(position.time)}::timestamptz, ${bind(position.id)})`];
        const conditions = [state, `${time} < ${bind(before)}`, ...past(">", low), ...past("<", high)];
        const order = ascending ? "ASC" : "DESC";
        return `SELECT ${columns} FROM tasks WHERE ${conditions.join(" AND ")}
          ORDER BY ${time} ${order}, id ${order} LIMIT ${pageSize}`;
      });
      let rows: Row[];
      try {
        rows = await this.database.query(sql, values);
      } catch (error) {
        yield { found: [], unreadable: [], error: asError(error) };
        return;
      }
      if (rows.length > 0) yield pageOf(rows);
      const last = rows.at(-1);
      if (rows.length < pageSize || last === undefined) return;
      const reached = { time: last[time], id: String(last.id) };
      if (ascending) low = reached;
      else high = reached;
    }
  }
}

function pageOf(rows: readonly Row[]): FoundPage {
  const found: FoundTask[] = [];
  const unreadable: Error[] = [];
  for (const row of rows)
    try {
      const { task, origin } = storedTask(row);
      found.push({ task, origin });
    } catch (cause) {
      unreadable.push(
        new Error(`Task ${String(row.id)} cannot be read: ${asError(cause).message}`, { cause }),
      );
    }
  return { found, unreadable };
}
