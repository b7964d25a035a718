import { wrongValues, type Problem } from "./errors";
import type { EnvironmentConfig } from "./load-config";
import { layers, type Layer } from "./environments";

interface Invariant extends Problem {
  readonly layer: Layer;
  readonly holds: boolean;
}

/** Rules that no single file can know, since they join values of several layers. */
function invariants({ core, infra, app, backends }: EnvironmentConfig): Invariant[] {
  const { task_queue: queue, table } = infra;
  const { worker } = app;
  const keys = layers.map((layer) => `${backends[layer].bucket}/${backends[layer].key}`);
  const protection = core.protected ? "true, since deploy/10_core says protected = true" : "true";
  return [
    {
      layer: "infra",
      key: "table.deletion_protection",
      expected: protection,
      found: String(table.deletion_protection),
      holds: !core.protected || !table.enabled || table.deletion_protection,
    },
    {
      layer: "infra",
      key: "table.point_in_time_recovery",
      expected: protection,
      found: String(table.point_in_time_recovery),
      holds: !core.protected || !table.enabled || table.point_in_time_recovery,
    },
    {
      layer: "app",
      key: "authorization",
      expected: "iam, since deploy/10_core says protected = true",
      found: app.authorization,
      holds: !core.protected || app.authorization !== "none",
    },
    {
      // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
      layer: "app",
      key: "worker.batch_size",
      expected: "at most 10, or a task_queue.batching_window_seconds of at least 1 in deploy/20_infra",
      found: String(worker.batch_size),
      holds: worker.batch_size <= 10 || queue.batching_window_seconds >= 1,
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
    {
      layer: "core",
      key: "backend.key",
      expected: "a state key of its own for each layer",
      found: keys.join(", "),
      holds: new Set(keys).size === keys.length,
    },
  ];
}

/** @throws {ConfigurationError} naming every broken rule of the environment */
export function assertInvariants(config: EnvironmentConfig): void {
  const broken = invariants(config).filter(({ holds }) => !holds);
  const [first] = broken;
  if (first) throw wrongValues(`deploy: environment ${config.name}, layer ${first.layer}`, broken);
}

/**
 * No two environments may share an account or a place for state: a mistake in one would be felt in the other.
 * @throws {ConfigurationError} naming the environments and the value they share
 */
export function assertSeparate(environments: readonly EnvironmentConfig[]): void {
  const claims = environments.flatMap(({ name, core, backends }) => [
    ...core.allowed_account_ids.map((id) => ({ name, key: "allowed_account_ids", value: id })),
    ...layers.map((layer) => ({
      name,
      key: "backend",
      value: `${backends[layer].bucket}/${backends[layer].key}`,
    })),
  ]);
  const owner = new Map<string, string>();
  const problems = claims.flatMap(({ name, key, value }): Problem[] => {
    const holder = owner.get(`${key} ${value}`) ?? name;
    owner.set(`${key} ${value}`, holder);
    if (holder === name) return [];
    return [
      {
        key,
        expected: "a value of its own for each environment",
        found: `${value} in ${holder} and ${name}`,
      },
    ];
  });
  if (problems.length > 0) throw wrongValues("deploy: environments", problems);
}
