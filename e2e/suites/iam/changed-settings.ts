import type { Layer } from "../../../deploy/shared/layers";

const schedulesAt = (hour: number) =>
  `{ "daily-report" = { expression = "cron(0 ${hour} * * ? *)", type = "report.summary", payload = { hours = 24 } } }`;

/** Settings of dev for the first deployment, with all optional features that need permissions, and for the second one. */
export const changedSettings: readonly (readonly [
  Layer,
  string,
  first: string,
  second: string | undefined,
])[] = [
  // The emulator cannot change the tags of a provider that Terraform has created.
  ["core", "github.existing_provider", "true", "true"],
  ["core", "encryption.customer_managed_key", "true", "true"],
  ["core", "alarms_enabled", "true", "true"],
  ["core", "alarm_emails", '["one@example.com"]', '["other@example.com"]'],
  ["infra", "alarms.api_4xx_percent", "5", "6"],
  ["core", "owner", '"platform"', '"another team"'],
  ["core", "log_retention_days", "7", "14"],
  ["infra", "table.deletion_protection", "true", "false"],
  ["infra", "table.point_in_time_recovery", "false", "true"],
  ["infra", "http_api.throttling_burst_limit", "100", "101"],
  ["infra", "schedules", schedulesAt(6), schedulesAt(7)],
  ["infra", "task_queue.retention_days", "4", "5"],
  ["app", "api.memory_mb", "512", "640"],
  ["app", "worker.batch_size", "10", "7"],
  ["app", "producer.reserved_concurrency", "5", undefined],
];
