import type { EnvironmentConfig } from "../environment-config";
import { longestRetentionDays } from "../schemas/queue";
import type { Rule } from "./rule";

const reason = "since protected = true in deploy/10_core";

/** A condition on protected environments only: their data must survive mistakes. */
const whenProtected = (rule: Omit<Rule, "file">): Rule => ({
  ...rule,
  file: "terraform",
  holds: (config) => !config.core.protected || rule.holds(config),
});

const tableSetting = (setting: "deletion_protection" | "point_in_time_recovery"): Rule =>
  whenProtected({
    code: `protected-${setting.replaceAll("_", "-")}`,
    layer: "infra",
    path: `table.${setting}`,
    holds: ({ infra: { table } }) => !table.enabled || table[setting],
    expected: () => `true, ${reason}`,
    found: () => "false",
  });

/** Without TLS an attacker on the network could change a page and have it call the API for its user. */
const insecureOrigins = ({ infra: { http_api } }: EnvironmentConfig) =>
  http_api.cors_allow_origins.filter((origin) => !origin.startsWith("https://") || origin.includes("*"));

export const protectionRules: readonly Rule[] = [
  {
    code: "alarms-without-subscriber",
    layer: "core",
    file: "terraform",
    path: "alarm_emails",
    holds: ({ core }) =>
      !core.alarms_enabled || core.alarm_emails.length + core.alarm_https_endpoints.length > 0,
    expected: () => "an address, or one of alarm_https_endpoints, since alarms_enabled = true",
    found: () => "none",
  },
  tableSetting("deletion_protection"),
  tableSetting("point_in_time_recovery"),
  whenProtected({
    code: "protected-customer-managed-key",
    layer: "core",
    path: "encryption.customer_managed_key",
    holds: ({ core }) => core.encryption.customer_managed_key,
    expected: () => "true, since protected = true",
    found: () => "false",
  }),
  whenProtected({
    code: "protected-alarms",
    layer: "core",
    path: "alarms_enabled",
    holds: ({ core }) => core.alarms_enabled,
    expected: () => "true, since protected = true",
    found: () => "false",
  }),
  whenProtected({
    code: "protected-secret-recovery",
    layer: "infra",
    path: "secrets.recovery_window_days",
    holds: ({ infra: { secrets } }) => secrets.recovery_window_days > 0,
    expected: () => `at least 7, ${reason}`,
    found: ({ infra: { secrets } }) => String(secrets.recovery_window_days),
  }),
  whenProtected({
    // A dead letter that is moved back to the queue after its task has expired cannot run it.
    code: "protected-task-retention",
    layer: "infra",
    path: "table.task_retention_days",
    holds: ({ infra: { table } }) =>
      table.task_retention_days === undefined || table.task_retention_days >= longestRetentionDays,
    expected: () => `at least ${longestRetentionDays}, as long as dead letters are kept, ${reason}`,
    found: ({ infra: { table } }) => String(table.task_retention_days),
  }),
  whenProtected({
    code: "protected-authorization",
    layer: "app",
    path: "authorization",
    holds: ({ app }) => app.authorization !== "none",
    expected: () => `iam or jwt, ${reason}`,
    found: ({ app }) => app.authorization,
  }),
  whenProtected({
    code: "protected-cors-origins",
    layer: "infra",
    path: "http_api.cors_allow_origins",
    holds: (config) => insecureOrigins(config).length === 0,
    expected: () => `https origins without wildcards, ${reason}`,
    found: (config) => insecureOrigins(config).join(", "),
  }),
];
