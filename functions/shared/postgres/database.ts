import { DatabaseError, Pool, type PoolConfig } from "pg";

/** A row, by column. */
export type Row = Readonly<Record<string, unknown>>;

export interface Database {
  /**
   * Runs one statement, which commits or changes nothing. It is repeated when its connection is lost, so that a statement
   * whose response was lost may run twice: its conditions must hold once only.
   */
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

/**
 * Connections of an instance of a function. The worker runs ten tasks at a time, each of which waits for its handler
 * rather than for the database.
 */
export const connectionsOfInstance = 4;

const settings: PoolConfig = {
  max: connectionsOfInstance,
  // A cluster that is paused needs 15 s: the caller gets 503 before the function's timeout.
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  // PostgreSQL responds within milliseconds, and ends what it does not.
  query_timeout: 8_000,
  statement_timeout: 5_000,
  lock_timeout: 2_000,
};

const maxAttempts = 3;

/** The states of statements that may succeed when they are repeated: https://www.postgresql.org/docs/16/errcodes-appendix.html */
const transientStates = /^(08|57P|53300|40001|40P01|25006)/;

/** @param onLost called when an idle connection is lost, as after a pause of the function */
export function openDatabase(
  connection: PoolConfig,
  onLost: (error: Error) => void = () => undefined,
): Database {
  const pool = new Pool({ ...settings, ...connection });
  // Without a listener, the loss of an idle connection would end the process.
  pool.on("error", onLost);
  return {
    query: async (sql, values = []) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return (await pool.query<Record<string, unknown>>(sql, [...values])).rows;
        } catch (error) {
          if (attempt === maxAttempts || !isTransient(error)) throw error;
        }
      }
    },
    close: () => pool.end(),
  };
}

/** The code of PostgreSQL's error; undefined when the connection failed. */
export const stateOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

function isTransient(error: unknown): boolean {
  const state = stateOf(error);
  if (state !== undefined) return transientStates.test(state);
  // A database that does not respond is not waited for again.
  return !(error instanceof Error && /timeout/i.test(error.message));
}
