import type { Rule } from "./rule";

/** Settings that depend on each other. */
export const settingRules: readonly Rule[] = [
  {
    // A message that SQS delivers again would find no task, and become a dead letter.
    code: "task-retention-below-queue",
    layer: "infra",
    file: "terraform",
    path: "table.task_retention_days",
    holds: ({ infra: { table, task_queue } }) =>
      table.task_retention_days === undefined || table.task_retention_days > task_queue.retention_days,
    expected: ({ infra: { task_queue } }) =>
      `more than task_queue.retention_days (${task_queue.retention_days})`,
    found: ({ infra: { table } }) => String(table.task_retention_days),
  },
  {
    code: "jwt-required",
    layer: "app",
    file: "terraform",
    path: "jwt",
    holds: ({ app: { authorization, jwt } }) => authorization !== "jwt" || jwt !== undefined,
    expected: () => 'an issuer and its audience, since authorization = "jwt"',
    found: () => "none",
  },
  {
    code: "jwt-unused",
    layer: "app",
    file: "terraform",
    path: "jwt",
    holds: ({ app: { authorization, jwt } }) => authorization === "jwt" || jwt === undefined,
    expected: () => 'nothing, or authorization = "jwt"',
    found: ({ app: { jwt } }) => `the issuer ${jwt?.issuer ?? "none"}`,
  },
  {
    // Lambda drops lines below the level, and with them the metrics that the functions write to their logs, which are INFO:
    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
    code: "metrics-below-log-level",
    layer: "app",
    file: "terraform",
    path: "log_level",
    holds: ({ app, core }) => !core.alarms_enabled || ["DEBUG", "INFO"].includes(app.log_level),
    expected: () => "INFO or DEBUG, since alarms_enabled = true in deploy/10_core",
    found: ({ app }) => app.log_level,
  },
  {
    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    code: "batching-window-required",
    layer: "app",
    file: "terraform",
    path: "worker.batch_size",
    holds: ({ app: { worker }, infra: { task_queue } }) =>
      worker.batch_size <= 10 || task_queue.batching_window_seconds >= 1,
    expected: () => "at most 10, or a task_queue.batching_window_seconds of at least 1 in deploy/20_infra",
    found: ({ app: { worker } }) => String(worker.batch_size),
  },
  {
    // Pollers beyond the reserved concurrency are throttled, and each throttle counts as a delivery.
    code: "concurrency-above-reservation",
    layer: "app",
    file: "terraform",
    path: "worker.maximum_concurrency",
    holds: ({ app: { worker } }) =>
      worker.maximum_concurrency <= (worker.reserved_concurrency ?? Number.POSITIVE_INFINITY),
    expected: ({ app: { worker } }) =>
      `at most worker.reserved_concurrency (${worker.reserved_concurrency ?? "unset"})`,
    found: ({ app: { worker } }) => String(worker.maximum_concurrency),
  },
  {
    // Alarms on errors need two of three datapoints of a minute.
    code: "canary-too-short",
    layer: "app",
    file: "terraform",
    path: "release.canary_seconds",
    holds: ({ app: { release } }) =>
      release.canary_percent === 0 ? release.canary_seconds === 0 : release.canary_seconds >= 180,
    expected: ({ app: { release } }) =>
      release.canary_percent === 0 ? "0, since release.canary_percent = 0" : "at least 180",
    found: ({ app: { release } }) => String(release.canary_seconds),
  },
];
