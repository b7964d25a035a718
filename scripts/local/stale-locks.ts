import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { readLocks, releaseLock } from "../state/locks";
import { describeHolder } from "../../packages/terraform-backend/src/state-lock";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";

/**
 * Releases the locks of killed deployments. Only for an emulator that this process has just started: no other run can
 * hold a lock yet.
 */
export async function releaseStaleLocks(
  config: EnvironmentConfig,
  clients: StateClients,
  report: (line: string) => void,
): Promise<void> {
  for (const lock of await readLocks(config, clients)) {
    report(`the state of ${lock.layer} was left locked: ${describeHolder(lock)}; released`);
    await releaseLock(config, clients, lock);
  }
}
