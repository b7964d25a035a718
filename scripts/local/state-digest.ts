import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { digestOf, readDigest, stateText } from "../../packages/terraform-backend/src/state-digest";

/**
 * Layers whose state in S3 does not match its digest in the lock table. Terraform refuses such a state ("state data in S3
 * does not have the expected content").
 */
export async function mismatchedStates(
  { backends }: EnvironmentConfig,
  clients: StateClients,
): Promise<Layer[]> {
  const checked = await Promise.all(
    layers.map(async (layer) => {
      const backend = backends[layer];
      const [text, digest] = await Promise.all([stateText(backend, clients), readDigest(backend, clients)]);
      const found = text === undefined ? undefined : digestOf(text);
      return found === digest ? [] : [layer];
    }),
  );
  return checked.flat();
}
