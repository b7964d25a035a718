import type { BackendConfig } from "./schemas/backend";
import type { EnvironmentConfig } from "./environment-config";

/** The state of a layer in the second region: one key in a bucket and a table of that region. */
const standbyBackend = (backend: BackendConfig, region: string): BackendConfig => ({
  ...backend,
  // Unlike tables, buckets of two regions cannot have the same name.
  bucket: [backend.bucket, region].join("-"),
  region,
});

/**
 * The configuration of the second region of an environment; undefined without one. Names of resources are the same in both
 * regions, since a global table has one name, and commands find the resources of a region by its name alone.
 */
export function standbyConfig(config: EnvironmentConfig): EnvironmentConfig | undefined {
  const { core, infra, backends } = config;
  const { recovery } = core;
  if (recovery === undefined || config.standbyOf !== undefined) return undefined;
  const { region } = recovery;
  const { domain } = infra;
  return Object.freeze({
    ...config,
    standbyOf: core.region,
    // Roles of workflows and operators are those of the first region's core layer: IAM has no regions.
    core: { ...core, region, github: undefined, operators: [] },
    infra: {
      ...infra,
      // The first region owns the zone.
      domain: domain && { ...domain, create_zone: false },
    },
    backends: {
      core: standbyBackend(backends.core, region),
      infra: standbyBackend(backends.infra, region),
      app: standbyBackend(backends.app, region),
    },
  });
}
