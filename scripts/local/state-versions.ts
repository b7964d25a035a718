import { layers } from "../../deploy/shared/layers";
import { localClientConfig, stateClients } from "../../packages/local-cloud/src/aws-clients";
import { parseState } from "../../packages/terraform-backend/src/state-file";
import type { LocalCloud } from "./local-cloud";
import { stateText } from "../../packages/terraform-backend/src/state-digest";

/** Versions of the layers' states, by which a later start recognizes that the emulator still holds a deployment. */
export type StateVersions = Readonly<Record<string, string>>;

/** Reads the lineage and the serial of each layer's state. */
export async function readStateVersions({
  config,
  target,
}: Pick<LocalCloud, "config" | "target">): Promise<StateVersions> {
  const clients = stateClients(localClientConfig(target));
  const states = layers.map(async (layer): Promise<[string, string]> => {
    const state = parseState((await stateText(config.backends[layer], clients)) ?? "");
    return [layer, state === undefined ? "none" : `${state.lineage} ${state.serial}`];
  });
  return Object.fromEntries(await Promise.all(states));
}
