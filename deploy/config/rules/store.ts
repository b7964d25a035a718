import type { EnvironmentConfig } from "../environment-config";
import { hasPostgres } from "../task-store";
import type { Rule } from "./rule";

const storeRule = (setting: string, rule: Omit<Rule, "layer" | "file" | "path">): Rule => ({
  layer: "infra",
  file: "terraform",
  path: `store${setting}`,
  ...rule,
});

/** A condition on the cluster of a protected environment. */
const whenProtected = (setting: string, rule: Omit<Rule, "layer" | "file" | "path">): Rule =>
  storeRule(`.${setting}`, {
    ...rule,
    holds: (config) => !config.core.protected || !hasPostgres(config.infra) || rule.holds(config),
  });

const reason = "since protected = true in deploy/10_core";
const pauseMinutes = ({ infra: { store } }: EnvironmentConfig) => (store?.auto_pause_seconds ?? 0) / 60;

/** Conditions on the store of tasks and on the cache. */
export const storeRules: readonly Rule[] = [
  {
    code: "cache-without-network",
    layer: "infra",
    file: "terraform",
    path: "cache",
    holds: ({ infra, app }) => infra.cache === undefined || (infra.network !== undefined && app.in_network),
    expected: () => "a network, and in_network = true in deploy/30_app, since a cache has no public address",
    found: ({ infra }) => (infra.network === undefined ? "no network" : "in_network = false"),
  },
  storeRule(".kind", {
    code: "store-and-table",
    holds: ({ infra: { store, table } }) =>
      store === undefined || (store.kind === "dynamodb") === table.enabled,
    expected: ({ infra: { table } }) =>
      table.enabled
        ? '"dynamodb", or table.enabled = false'
        : '"postgres" or "none", or table.enabled = true',
    found: ({ infra: { store } }) => store?.kind ?? "none",
  }),
  storeRule("", {
    code: "store-without-network",
    holds: ({ infra, app }) => !hasPostgres(infra) || (infra.network !== undefined && app.in_network),
    expected: () =>
      "a network, and in_network = true in deploy/30_app, since PostgreSQL has no public address",
    found: ({ infra }) => (infra.network === undefined ? "no network" : "in_network = false"),
  }),
  storeRule(".max_capacity", {
    code: "store-capacity",
    holds: ({ infra: { store } }) => store === undefined || store.min_capacity <= store.max_capacity,
    expected: ({ infra: { store } }) => `at least min_capacity (${store?.min_capacity ?? 0})`,
    found: ({ infra: { store } }) => String(store?.max_capacity),
  }),
  storeRule(".min_capacity", {
    // Each sweep connects to the database.
    code: "store-never-pauses",
    holds: (config) =>
      !hasPostgres(config.infra) ||
      config.infra.store?.min_capacity !== 0 ||
      config.infra.outbox.sweep_interval_minutes > pauseMinutes(config),
    expected: (config) =>
      `at least 0.5, or an outbox.sweep_interval_minutes of more than auto_pause_seconds (${pauseMinutes(config)} minutes), since a sweep resumes the cluster`,
    found: ({ infra: { outbox } }) => `0, and a sweep every ${outbox.sweep_interval_minutes} minutes`,
  }),
  whenProtected("deletion_protection", {
    code: "protected-store-deletion",
    holds: ({ infra: { store } }) => store?.deletion_protection === true,
    expected: () => `true, ${reason}`,
    found: () => "false",
  }),
  whenProtected("backup_retention_days", {
    code: "protected-store-backup",
    holds: ({ infra: { store } }) => (store?.backup_retention_days ?? 0) >= 7,
    expected: () => `at least 7, ${reason}`,
    found: ({ infra: { store } }) => String(store?.backup_retention_days),
  }),
  whenProtected("instances", {
    code: "protected-store-instances",
    holds: ({ infra: { store } }) => (store?.instances ?? 0) >= 2,
    expected: () => `at least 2, ${reason}`,
    found: ({ infra: { store } }) => String(store?.instances),
  }),
];
