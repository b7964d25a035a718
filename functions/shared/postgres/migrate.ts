import { Client } from "pg";
import { connectionOf } from "./connection";
import { readMigrations, type Migration } from "./migrations";

/** What was done, and the version of the schema now. */
export interface MigrationResult {
  readonly from: number;
  readonly to: number;
  /** The versions that were applied, or reverted. */
  readonly changed: readonly number[];
}

/** Held while a process migrates; any constant, since the database has one application. */
const advisoryLock = 7_249_113;

/** The way back is stored too: the release before this one does not have it in its files. */
const createTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version integer PRIMARY KEY,
  name varchar NOT NULL,
  up varchar NOT NULL,
  down varchar NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

type Applied = Pick<Migration, "version" | "name" | "up" | "down">;

/**
 * Moves the schema to a version, each migration in one transaction with its record. Concurrent calls wait for each other.
 * A schema that is newer than the files stays as it is, unless a version is given: releases are rolled back without it.
 * @param to 0 reverts all; by default the newest
 * @throws {Error} when a migration that was applied has changed since then, or the version does not exist
 */
export async function migrate(
  client: Client,
  {
    to,
    migrations = readMigrations(),
  }: { readonly to?: number | undefined; readonly migrations?: readonly Migration[] } = {},
): Promise<MigrationResult> {
  await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
  try {
    await client.query(createTable);
    const { rows: applied } = await client.query<Applied>(
      "SELECT version, name, up, down FROM schema_migrations ORDER BY version",
    );
    assertUnchanged(applied, migrations);
    const from = applied.length;
    const target = to ?? Math.max(from, migrations.length);
    if (target > Math.max(from, migrations.length) || target < 0)
      throw new Error(`There is no migration ${target}: expected 0 to ${migrations.length}`);
    const forward = migrations.slice(from, Math.max(from, target));
    const back = applied.slice(target).reverse();
    for (const { version, name, up, down } of forward)
      await inTransaction(client, up, [
        "INSERT INTO schema_migrations (version, name, up, down) VALUES ($1, $2, $3, $4)",
        [version, name, up, down],
      ]);
    for (const { version, down } of back)
      await inTransaction(client, down, ["DELETE FROM schema_migrations WHERE version = $1", [version]]);
    return { from, to: target, changed: [...forward, ...back].map(({ version }) => version) };
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [advisoryLock]);
  }
}

function assertUnchanged(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, { version, name, up }] of applied.entries()) {
    const file = migrations[index];
    if (file !== undefined && (file.name !== name || file.up !== up))
      throw new Error(
        `Migration ${version} (${name}) has changed since it was applied: expected a new migration`,
      );
  }
}

async function inTransaction(
  client: Client,
  script: string,
  [sql, values]: readonly [string, readonly unknown[]],
): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(script);
    await client.query(sql, [...values]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

const tables = ["tasks", "idempotency_keys", "leases"];

/**
 * Creates the role of the functions unless it exists. It reads and writes rows, and cannot change the schema. On RDS it
 * logs in with a token of IAM, and has no password.
 * @param role a name of letters, digits and underscores
 */
export async function grantAccess(client: Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role);
  const exists = async (other: string) =>
    (await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [other])).rows.length > 0;
  if (!(await exists(role))) await client.query(`CREATE ROLE ${name} LOGIN`);
  if (await exists("rds_iam")) await client.query(`GRANT rds_iam TO ${name}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables.join(", ")} TO ${name}`);
}

/** A cluster that is paused needs 15 s to resume, and longer after a day. */
const resumeMilliseconds = 60_000;

/**
 * Migrates the database of a URL and grants the functions' role access to it.
 * @param url with a user that may change the schema, and its password
 */
export async function migrateDatabase(
  url: string,
  role: string,
  to: number | undefined,
): Promise<MigrationResult> {
  const client = new Client({ ...connectionOf(url), connectionTimeoutMillis: resumeMilliseconds });
  await client.connect();
  try {
    const result = await migrate(client, { to });
    if (result.to > 0) await grantAccess(client, role);
    return result;
  } finally {
    await client.end();
  }
}
