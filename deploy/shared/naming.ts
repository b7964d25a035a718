import type { EnvironmentConfig } from "./load-config";
import type { Layer } from "./environments";

/** `<project>-<environment>-<what>`: the name of every resource that has one. */
export type Naming = (what: string) => string;

/** `tasks-dev`: what all names of an environment begin with, and what policies limit themselves to. */
export const namePrefix = ({ core, name }: EnvironmentConfig) => `${core.project}-${name}`;

export const naming =
  (config: EnvironmentConfig): Naming =>
  (what) =>
    `${namePrefix(config)}-${what}`;

/** Tags that every resource of an environment carries; a layer adds its own name. */
export const standardTags = ({ core, name }: EnvironmentConfig) => ({
  Project: core.project,
  Environment: name,
  Owner: core.owner,
  CostCenter: core.cost_center,
  ManagedBy: "cdktf",
});

export const stackId = (layer: Layer, environment: string) => `${layer}-${environment}`;
