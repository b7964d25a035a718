import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFolder } from "../../../../scripts/local/local-cloud";
import { eventually } from "../../../support/eventually";
import type { TestCloud } from "../../../support/test-cloud";

/**
 * Shuts the PostgreSQL server of a local cloud down: https://www.postgresql.org/docs/16/server-shutdown.html
 * @returns a function that starts it again, with the emulator
 */
export async function stopDatabase(local: TestCloud): Promise<() => Promise<void>> {
  const file = join(databaseFolder(local.home, local.cloud.config.name), "data", "postmaster.pid");
  const [pid] = readFileSync(file, "utf8").split("\n");
  process.kill(Number(pid), "SIGINT");
  await eventually("PostgreSQL has shut down", 60, () =>
    Promise.resolve(existsSync(file) ? undefined : true),
  );
  return async () => {
    await local.stop();
    await local.open();
  };
}
