import type { Rule } from "./rule";

/** Settings of the app layer that depend on each other, or on settings of the infra layer. */
export const appRules: readonly Rule[] = [
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
];
