import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { openDatabase, type Database } from "../../../../functions/shared/postgres/database";
import { connectionOf } from "../../../../functions/shared/postgres/connection";
import { migrate } from "../../../../functions/shared/postgres/migrate";
import { localPaths } from "../../../../packages/local-cloud/src/local-paths";
import { startPostgres, type Postgres } from "../../../../packages/local-databases/src/postgres";

/** A real PostgreSQL server for the tests of a file. */
export class TestPostgres {
  private readonly folder = mkdtempSync(join(tmpdir(), "postgres-"));
  private server: Postgres | undefined;
  private count = 0;

  /** @param durable whether a crash keeps what was committed */
  async start(durable = false): Promise<void> {
    this.server = await startPostgres({
      folder: this.folder,
      tools: localPaths().tools,
      durable,
    });
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    rmSync(this.folder, { recursive: true });
  }

  get port(): number {
    return this.running.port;
  }

  /** Creates an empty database. @returns its URL */
  async createDatabase(): Promise<string> {
    const name = `test_${(this.count += 1)}`;
    await this.withClient(this.running.url, (client) => client.query(`CREATE DATABASE ${name}`));
    return `${this.running.url.slice(0, this.running.url.lastIndexOf("/"))}/${name}`;
  }

  /** A database with the newest schema. */
  async migratedDatabase(): Promise<{ readonly url: string; readonly database: Database }> {
    const url = await this.createDatabase();
    await this.withClient(url, (client) => migrate(client));
    return { url, database: openDatabase(connectionOf(url)) };
  }

  async withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ connectionString: url });
    // A lost connection fails the work.
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private get running(): Postgres {
    if (this.server === undefined) throw new Error("Expected a started server");
    return this.server;
  }
}
