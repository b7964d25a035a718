import { layers } from "../../shared/layers";
import type { Problem } from "../../shared/errors";
import type { EnvironmentConfig } from "../environment-config";
import { conflictingEnvironments } from "../errors";
import { stateUrl } from "./state";

/** Values that no two environments may share: a mistake in one environment would affect the other. */
const unique: readonly {
  readonly code: string;
  readonly path: string;
  readonly values: (config: EnvironmentConfig) => readonly string[];
}[] = [
  {
    code: "account-shared-by-environments",
    path: "allowed_account_ids",
    values: ({ core }) => core.allowed_account_ids,
  },
  {
    code: "domain-shared-by-environments",
    path: "domain.name",
    values: ({ infra: { domain } }) => (domain === undefined ? [] : [domain.name]),
  },
  {
    code: "state-shared-by-environments",
    path: "bucket and key",
    values: (config) => layers.map((layer) => stateUrl(config, layer)),
  },
];

const sharedValues = (environments: readonly EnvironmentConfig[]): Problem[] =>
  unique.flatMap(({ code, path, values }) => {
    const owners = new Map<string, string>();
    return environments.flatMap((config) =>
      values(config).flatMap((value): Problem[] => {
        const owner = owners.get(value) ?? config.name;
        owners.set(value, owner);
        if (owner === config.name) return [];
        const found = `${value} in ${owner} and ${config.name}`;
        return [{ code, path, expected: "a different value for each environment", found }];
      }),
    );
  });

/** Logs of a protected environment must be kept at least as long as those of every other environment. */
function shortRetention(environments: readonly EnvironmentConfig[]): Problem[] {
  const unprotected = environments.filter(({ core }) => !core.protected);
  const longest = Math.max(0, ...unprotected.map(({ core }) => core.log_retention_days));
  return environments
    .filter(({ core }) => core.protected && core.log_retention_days < longest)
    .map(({ name, core }) => ({
      code: "protected-log-retention",
      path: "log_retention_days",
      expected: `at least ${longest} in ${name}, which is protected, as in an environment that is not`,
      found: String(core.log_retention_days),
    }));
}

/**
 * Checks the conditions on several environments.
 * @throws {ConfigurationError} with the environments and the values that conflict
 */
export function assertAcrossEnvironments(environments: readonly EnvironmentConfig[]): void {
  const problems = [...sharedValues(environments), ...shortRetention(environments)];
  if (problems.length > 0) throw conflictingEnvironments(problems);
}
