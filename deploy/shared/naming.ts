import type { EnvironmentConfig } from "../config/environment-config";
import type { Layer } from "./layers";

/** The shortest limit of all services: 64 characters for IAM roles, Lambda functions and EventBridge rules. */
const longestName = 64;
/** The longest of what follows a prefix in names: that of a schedule, in the name of its rule. */
export const longestNamePart = 30;
/** What `<project>-<environment>` may have for the longest name to be within every limit. */
export const longestPrefix = longestName - longestNamePart - 1;

/** No hyphens: `cdktf deploy '*-dev'` would deploy `core-pre-dev`, too. */
export const isEnvironmentName = (name: string, project: string): boolean =>
  /^[a-z][a-z0-9]+$/.test(name) && `${project}-${name}`.length <= longestPrefix;

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
