import { layers, type Layer } from "../../shared/layers";
import type { EnvironmentConfig } from "../environment-config";
import type { Rule } from "./rule";

/** `<bucket>/<key>` of a layer's state. */
export const stateUrl = ({ backends }: EnvironmentConfig, layer: Layer) =>
  `${backends[layer].bucket}/${backends[layer].key}`;

const rulesOf = (layer: Layer): Rule[] => [
  {
    code: "state-bucket-of-other-account",
    layer,
    file: "backend",
    path: "bucket",
    // A bucket whose name has no account id may be in any account.
    holds: ({ core, backends }) =>
      core.allowed_account_ids.some((id) => backends[layer].bucket.includes(id)) ||
      !/\d{12}/.test(backends[layer].bucket),
    expected: ({ core }) =>
      `the state bucket of an account in allowed_account_ids (${core.allowed_account_ids.join(", ")})`,
    found: ({ backends }) => backends[layer].bucket,
  },
  {
    // Roles and `npm run bootstrap` support one region for each environment.
    code: "state-in-other-region",
    layer,
    file: "backend",
    path: "region",
    holds: ({ core, backends }) => backends[layer].region === core.region,
    expected: ({ core }) => `${core.region}, the region of deploy/10_core, which is also the state's`,
    found: ({ backends }) => backends[layer].region,
  },
  {
    code: "state-shared-by-layers",
    layer,
    file: "backend",
    path: "key",
    holds: (config) =>
      layers
        .slice(0, layers.indexOf(layer))
        .every((lower) => stateUrl(config, lower) !== stateUrl(config, layer)),
    expected: () => "a different state for each layer",
    found: (config) => `${stateUrl(config, layer)} in two layers`,
  },
];

export const stateRules: readonly Rule[] = layers.flatMap(rulesOf);
