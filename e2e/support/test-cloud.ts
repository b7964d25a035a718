import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreKind } from "../../deploy/emulator/local-store";
import { build } from "../../scripts/build/build";
import { accepts } from "../../packages/local-databases/src/supervised-server";
import { localPaths, type LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { startPostgres, type Postgres } from "../../packages/local-databases/src/postgres";
import { databasePort } from "../../scripts/local/chosen-store";
import { databaseFolder, openLocalCloud, type LocalCloud } from "../../scripts/local/local-cloud";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { eventually } from "./eventually";
import { freePort } from "../../packages/aws-stub/src/loopback";

/** A local cloud with its own folder and port, which a test may stop and open again. */
export interface TestCloud {
  readonly home: LocalPaths;
  readonly port: number;
  /** @throws {Error} while the cloud is stopped */
  readonly cloud: LocalCloud;
  readonly open: (environment?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Shuts the PostgreSQL server down. @returns a function that starts it again */
  readonly stopDatabase: () => Promise<() => Promise<void>>;
  /** Stops the cloud and deletes its state. */
  readonly dispose: () => Promise<void>;
}

/**
 * Opens an empty local cloud in the account of an environment, by the code of `npm start`.
 * @param store where tasks are stored; undefined when tfvars decide
 */
export async function testCloud(environment: string, store?: StoreKind): Promise<TestCloud> {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  // Others may enter, as they may enter a checkout: PostgreSQL does not run as root.
  chmodSync(folder, 0o755);
  const home = localPaths({ ...process.env, LOCAL_CLOUD_HOME: folder });
  const port = await freePortBefore(store);
  const phases = new StepReporter(() => undefined);
  let cloud: LocalCloud | undefined;
  let restarted: Postgres | undefined;
  const stop = async () => {
    await cloud?.close();
    await restarted?.stop();
    [cloud, restarted] = [undefined, undefined];
  };
  const test: TestCloud = {
    home,
    port,
    get cloud() {
      if (cloud === undefined) throw new Error("The local cloud of the test is stopped");
      return cloud;
    },
    open: async (opened = environment) => {
      cloud = await openLocalCloud({ paths: home, environment: opened, store, port, steps: phases });
    },
    stop,
    stopDatabase: async () => {
      const folder = databaseFolder(home, environment);
      const file = join(folder, "data", "postmaster.pid");
      const [pid] = readFileSync(file, "utf8").split("\n");
      // Fast shutdown: https://www.postgresql.org/docs/16/server-shutdown.html
      process.kill(Number(pid), "SIGINT");
      await eventually("PostgreSQL has shut down", 60, () =>
        Promise.resolve(existsSync(file) ? undefined : true),
      );
      return async () => {
        restarted = await startPostgres({ folder, tools: home.tools, port: databasePort(port) });
      };
    },
    dispose: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await build();
  await test.open();
  return test;
}

/** A free port; before another one, if there is a database server, which uses that. */
async function freePortBefore(store: StoreKind | undefined): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (store !== "postgres" || !(await accepts(port + 1))) return port;
  }
}
