import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { task as taskSchema, type Task } from "../tasks/task";
import type { CreateResult, Idempotency, Origin } from "../tasks/task-repository";
import { stateOf, type Database } from "./database";
import { statement, type Bind } from "./task-update";

/** https://www.postgresql.org/docs/16/errcodes-appendix.html */
const uniqueViolation = "23505";
const lockNotAvailable = "55P03";

const idempotencyRecord = z.object({ request_id: z.string(), payload_hash: z.string(), task: taskSchema });

/** The key of a record is hashed, since clients choose it. */
const keyOf = (scope: string) => createHash("sha256").update(scope).digest("hex");

/** Creates tasks, each in the outbox, in one statement with its idempotency record. */
export class TaskCreation {
  constructor(
    private readonly database: Database,
    private readonly now: () => Date,
  ) {}

  async create(task: Task, origin: Origin): Promise<CreateResult> {
    const insert = statement(
      (bind) => `${insertTask(task, origin, bind)} ON CONFLICT (id) DO NOTHING RETURNING id`,
    );
    const { length } = await this.database.query(insert.sql, insert.values);
    if (length > 0) return { outcome: "created" };
    // A statement is repeated after a lost response, so this request may have inserted the row itself.
    const [found] = await this.database.query("SELECT request_id FROM tasks WHERE id = $1", [task.id]);
    return { outcome: found?.request_id === origin.requestId ? "created" : "exists" };
  }

  async createOnce(task: Task, origin: Origin, idempotency: Idempotency): Promise<CreateResult> {
    const insert = statement((bind) => {
      const record = insertRecord(task, origin, idempotency, this.now(), bind);
      return `WITH record AS (${record}) ${insertTask(task, origin, bind)} FROM record RETURNING id`;
    });
    try {
      const { length } = await this.database.query(insert.sql, insert.values);
      return length > 0 ? { outcome: "created" } : await this.createdBefore(origin, idempotency);
    } catch (error) {
      // The request with that key in progress has not ended within the time that statements wait for locks.
      if (stateOf(error) === lockNotAvailable) return { outcome: "inProgress" };
      if (stateOf(error) === uniqueViolation) return this.createdBefore(origin, idempotency);
      throw error;
    }
  }

  private async createdBefore(
    { requestId }: Origin,
    { scope, payloadHash }: Idempotency,
  ): Promise<CreateResult> {
    const sql = "SELECT request_id, payload_hash, task FROM idempotency_keys WHERE key = $1";
    const [row] = await this.database.query(sql, [keyOf(scope)]);
    // It may have been deleted in between.
    if (row === undefined) return { outcome: "inProgress" };
    const record = idempotencyRecord.parse(row);
    if (record.request_id === requestId) return { outcome: "created" };
    if (record.payload_hash !== payloadHash) return { outcome: "mismatch" };
    return { outcome: "replayed", task: record.task };
  }
}

/** `INSERT … SELECT …`, to which a FROM can be added. */
function insertTask(task: Task, origin: Origin, bind: Bind): string {
  const values: Readonly<Record<string, string>> = {
    id: bind(task.id),
    type: bind(task.type),
    state: bind(task.state),
    payload: `${bind(JSON.stringify(task.payload))}::json`,
    attempts: `${bind(task.attempts)}::integer`,
    revision: `${bind(task.revision)}::integer`,
    created_at: `${bind(task.createdAt)}::timestamptz`,
    updated_at: `${bind(task.updatedAt)}::timestamptz`,
    request_id: bind(origin.requestId),
    caller_group: bind(origin.group ?? null),
    traceparent: bind(origin.traceparent ?? null),
    xray_trace: bind(origin.xrayTrace ?? null),
  };
  return `INSERT INTO tasks (${Object.keys(values).join(", ")}) SELECT ${Object.values(values).join(", ")}`;
}

/** Inserts a record, or replaces one that has expired and that no sweep has deleted yet. */
function insertRecord(
  task: Task,
  { requestId }: Origin,
  { scope, payloadHash, expiresAt }: Idempotency,
  now: Date,
  bind: Bind,
): string {
  const values = [keyOf(scope), requestId, payloadHash, JSON.stringify(task), expiresAt].map(bind);
  return `INSERT INTO idempotency_keys AS kept (key, request_id, payload_hash, task, expires_at)
    VALUES (${values.join(", ")})
    ON CONFLICT (key) DO UPDATE SET (request_id, payload_hash, task, expires_at) =
      (excluded.request_id, excluded.payload_hash, excluded.task, excluded.expires_at)
    WHERE kept.expires_at < ${bind(now)} RETURNING 1`;
}
