import { displayPath, tfvarsPath, type TfvarsFile } from "../environments";
import { layers, type Layer } from "../../shared/layers";
import { wrongValues, type Problem } from "../../shared/errors";
import type { EnvironmentConfig } from "../environment-config";

/** A rule that no single file can know, since it joins values of several; broken ones are blamed on one key. */
interface Invariant extends Problem {
  readonly layer: Layer;
  readonly file?: TfvarsFile;
  readonly holds: boolean;
}

const statePlace = (config: EnvironmentConfig, layer: Layer) =>
  `${config.backends[layer].bucket}/${config.backends[layer].key}`;

/** What an environment whose data must outlive mistakes may not leave open. */
function protection({ core, infra: { table, http_api, secrets }, app }: EnvironmentConfig): Invariant[] {
  const because = "since deploy/10_core says protected = true";
  const openOrigins = http_api.cors_allow_origins.filter(
    (origin) => !origin.startsWith("https://") || origin.includes("*"),
  );
  return (["deletion_protection", "point_in_time_recovery"] as const)
    .map((setting): Invariant => {
      const holds = !core.protected || !table.enabled || table[setting];
      return { layer: "infra", key: `table.${setting}`, expected: `true, ${because}`, found: "false", holds };
    })
    .concat({
      layer: "core",
      key: "encryption.customer_managed_key",
      expected: "true, since protected = true",
      found: "false",
      holds: !core.protected || core.encryption.customer_managed_key,
    })
    .concat({
      layer: "infra",
      key: "secrets.recovery_window_days",
      expected: `at least 7, ${because}`,
      found: String(secrets.recovery_window_days),
      holds: !core.protected || secrets.recovery_window_days > 0,
    })
    .concat({
      layer: "app",
      key: "authorization",
      expected: `iam or jwt, ${because}`,
      found: app.authorization,
      holds: !core.protected || app.authorization !== "none",
    })
    .concat({
      // Whoever is between a browser and a page without TLS could have it call as its user.
      layer: "infra",
      key: "http_api.cors_allow_origins",
      expected: `https origins by name only, ${because}`,
      found: openOrigins.join(", "),
      holds: !core.protected || openOrigins.length === 0,
    });
}

/** Settings of one way to authorize callers, there when it is chosen and only then. */
function authorization({ app: { authorization, jwt } }: EnvironmentConfig): Invariant[] {
  const wanted = authorization === "jwt";
  return [
    {
      layer: "app",
      key: "jwt",
      expected: wanted
        ? 'an issuer and its audience, since authorization = "jwt"'
        : 'nothing, or authorization = "jwt"',
      found: jwt === undefined ? "none" : `the issuer ${jwt.issuer}`,
      holds: wanted === (jwt !== undefined),
    },
  ];
}

function batching({ infra: { task_queue }, app: { worker } }: EnvironmentConfig): Invariant[] {
  return [
    {
      // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
      layer: "app",
      key: "worker.batch_size",
      expected: "at most 10, or a task_queue.batching_window_seconds of at least 1 in deploy/20_infra",
      found: String(worker.batch_size),
      holds: worker.batch_size <= 10 || task_queue.batching_window_seconds >= 1,
    },
    {
      // Pollers beyond the reserved concurrency are throttled, and each throttle counts as a delivery.
      layer: "app",
      key: "worker.maximum_concurrency",
      expected: `at most worker.reserved_concurrency (${worker.reserved_concurrency ?? "unset"})`,
      found: String(worker.maximum_concurrency),
      holds:
        worker.reserved_concurrency === undefined ||
        worker.maximum_concurrency <= worker.reserved_concurrency,
    },
  ];
}

function state(config: EnvironmentConfig): Invariant[] {
  const ids = config.core.allowed_account_ids;
  return layers.flatMap((layer): Invariant[] => {
    const { bucket } = config.backends[layer];
    const below = layers.slice(0, layers.indexOf(layer));
    return [
      {
        layer,
        file: "backend",
        key: "bucket",
        expected: `the state bucket of an account in allowed_account_ids (${ids.join(", ")})`,
        found: bucket,
        holds: ids.some((id) => bucket.includes(id)) || !/\d{12}/.test(bucket),
      },
      {
        // Roles and `npm run bootstrap` know one region for each environment.
        layer,
        file: "backend",
        key: "region",
        expected: `${config.core.region}, the region that deploy/10_core names: the state is kept there, too`,
        found: config.backends[layer].region,
        holds: config.backends[layer].region === config.core.region,
      },
      {
        layer,
        file: "backend",
        key: "key",
        expected: "a state of its own for each layer",
        found: `${statePlace(config, layer)} in two layers`,
        holds: below.every((other) => statePlace(config, other) !== statePlace(config, layer)),
      },
    ];
  });
}

/** @throws {ConfigurationError} naming the broken rules of one file of the environment */
export function assertInvariants(config: EnvironmentConfig): void {
  const broken = [
    ...protection(config),
    ...authorization(config),
    ...batching(config),
    ...state(config),
  ].filter(({ holds }) => !holds);
  const [first] = broken;
  if (first === undefined) return;
  const fileOf = ({ layer, file = "terraform" }: Invariant) =>
    displayPath(tfvarsPath(layer, config.name, file));
  throw wrongValues(
    fileOf(first),
    broken.filter((invariant) => fileOf(invariant) === fileOf(first)),
  );
}

/** No two environments may share an account or a place for state: a mistake in one would be felt in the other. */
function shared(environments: readonly EnvironmentConfig[]): Problem[] {
  const claims = environments.flatMap((config) => [
    ...config.core.allowed_account_ids.map((value) => ({
      name: config.name,
      key: "allowed_account_ids",
      value,
    })),
    ...layers.map((layer) => ({
      name: config.name,
      key: "bucket and key",
      value: statePlace(config, layer),
    })),
  ]);
  const holders = new Map<string, string>();
  return claims.flatMap(({ name, key, value }): Problem[] => {
    const holder = holders.get(`${key} ${value}`) ?? name;
    holders.set(`${key} ${value}`, holder);
    if (holder === name) return [];
    return [
      {
        key,
        expected: "a value of its own for each environment",
        found: `${value} in ${holder} and ${name}`,
      },
    ];
  });
}

/** What happened where data is protected must be readable at least as long as what happened where it is not. */
function retention(environments: readonly EnvironmentConfig[]): Problem[] {
  const unprotected = environments.filter(({ core }) => !core.protected);
  const longest = Math.max(0, ...unprotected.map(({ core }) => core.log_retention_days));
  return environments
    .filter(({ core }) => core.protected && core.log_retention_days < longest)
    .map(({ name, core }) => ({
      key: "log_retention_days",
      expected: `at least ${longest} in ${name}, which is protected, since one that is not has that`,
      found: String(core.log_retention_days),
    }));
}

/**
 * What no environment can know by itself.
 * @throws {ConfigurationError} naming the environments and the values that do not go together
 */
export function assertAcrossEnvironments(environments: readonly EnvironmentConfig[]): void {
  const problems = [...shared(environments), ...retention(environments)];
  if (problems.length > 0) throw wrongValues("deploy/*/environments", problems);
}
