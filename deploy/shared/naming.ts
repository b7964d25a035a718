import type { Layer } from "./layers";

/** The shortest limit of all services: 64 characters for IAM roles, Lambda functions and EventBridge rules. */
const longestName = 64;
/** The longest of what follows a prefix in names: that of a schedule, in the name of its rule. */
export const longestNamePart = 30;
/** The longest `<project>-<environment>` with which every name is within its service's limit. */
export const longestPrefix = longestName - longestNamePart - 1;

/** No hyphens: `cdktf deploy '*-dev'` would also deploy `core-pre-dev`. */
export const isEnvironmentName = (name: string, project: string): boolean =>
  /^[a-z][a-z0-9]+$/.test(name) && `${project}-${name}`.length <= longestPrefix;

/** What names and tags are derived from. */
export interface NamedEnvironment {
  /** `dev` */
  readonly name: string;
  readonly core: { readonly project: string; readonly owner: string; readonly cost_center: string };
}

/** `<project>-<environment>-<what>`: the name of every resource that has one. */
export type Naming = (what: string) => string;

/** `orders-dev`: the prefix of all names of an environment, to which IAM policies are limited. */
export const namePrefix = ({ core, name }: NamedEnvironment) => `${core.project}-${name}`;

export const naming =
  (environment: NamedEnvironment): Naming =>
  (what) =>
    `${namePrefix(environment)}-${what}`;

/** The function that migrates the database. */
export const migrationsName = "migrations";

/** The alias of each function that all callers invoke. */
export const liveAlias = "live";

/** Tags of every resource of an environment; each layer adds its own name. */
export const standardTags = ({ core, name }: NamedEnvironment) => ({
  Project: core.project,
  Environment: name,
  Owner: core.owner,
  CostCenter: core.cost_center,
  ManagedBy: "cdktf",
});

/** `core-dev`; in the second region `core-dev-eu-west-1` */
export const stackId = (layer: Layer, environment: string, standbyRegion?: string) =>
  [layer, environment, ...(standbyRegion === undefined ? [] : [standbyRegion])].join("-");

/** What the names of roles, policies and dashboards end with: these have no regions, so that two regions need two names. */
export const globalSuffix = ({ core, standbyOf }: RegionalEnvironment): string =>
  standbyOf === undefined ? "" : `-${core.region}`;

/** What an environment of two regions has in each of them. */
interface RegionalEnvironment {
  readonly core: { readonly region: string };
  readonly standbyOf?: string | undefined;
}
