import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "./environment-account";
import { accountsByRegion } from "./standby-account";

/** One layer of an environment, in one of its regions. */
export interface EnvironmentStack {
  readonly layer: Layer;
  /** The second region, for a layer there. */
  readonly standbyRegion: string | undefined;
  /** `core-dev`; in the second region `core-dev-eu-west-1` */
  readonly id: string;
  /** For people: `core`; in the second region `core (eu-west-1)` */
  readonly label: string;
  /** With the configuration and the clients of the stack's region. */
  readonly account: EnvironmentAccount;
}

/** The region of a configuration that is that of the second region. */
export const standbyRegionOf = ({ core, standbyOf }: EnvironmentConfig): string | undefined =>
  standbyOf === undefined ? undefined : core.region;

export const stackLabel = (layer: Layer, standbyRegion: string | undefined): string =>
  standbyRegion === undefined ? layer : `${layer} (${standbyRegion})`;

/** A layer in the region of the account. */
export function stackOf(layer: Layer, account: EnvironmentAccount): EnvironmentStack {
  const standbyRegion = standbyRegionOf(account.config);
  return {
    ...{ layer, standbyRegion, account },
    id: stackId(layer, account.config.name, standbyRegion),
    label: stackLabel(layer, standbyRegion),
  };
}

/**
 * The stacks of an environment in the order in which they are applied: each layer in the first region, then in the second.
 * The table of the first region's infra layer has a copy that is encrypted with the key of the second region's core layer.
 */
export const stacksInOrder = (account: EnvironmentAccount): readonly EnvironmentStack[] =>
  layers.flatMap((layer) => accountsByRegion(account).map((each) => stackOf(layer, each)));

/** The stacks that a stack reads values of, which are applied before it. */
export function stacksBelow(stack: EnvironmentStack): readonly EnvironmentStack[] {
  const { layer, standbyRegion, account } = stack;
  const below = layers.slice(0, layers.indexOf(layer));
  const readsStandbyKey = layer === "infra" && account.config.core.encryption.customer_managed_key;
  return stacksInOrder(account).filter((other) =>
    other.standbyRegion === standbyRegion
      ? below.includes(other.layer)
      : readsStandbyKey && other.layer === "core",
  );
}
