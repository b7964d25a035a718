import type { LocalTarget } from "../../scripts/local/child-environment";
import type { EnvironmentConfig } from "../../deploy/shared/load-config";
import { localClientConfig, stateClients } from "../../scripts/local/aws-clients";
import { ensureStateStorage } from "../../scripts/bootstrap/state-storage";

/** An account that no environment allows, with everything in place that Terraform needs to begin. */
export async function foreignAccount(
  config: EnvironmentConfig,
  target: LocalTarget,
): Promise<{ readonly id: string }> {
  const id = "999999999999";
  const clients = stateClients(localClientConfig({ ...target, accountId: id }));
  await ensureStateStorage({ config, clients, endpoint: "", demandTls: false, report: () => undefined });
  return { id };
}
