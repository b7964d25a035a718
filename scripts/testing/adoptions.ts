import { environmentNames } from "../../deploy/config/environments";
import type { Layer } from "../../deploy/shared/layers";
import type { AdoptedRepository } from "./adopted-repository";

/** Changes that each team makes, as it would make them. */
export type Adoption = (repository: AdoptedRepository) => Promise<void> | void;

const settings =
  (layer: Layer, values: Readonly<Record<string, string | undefined>>): Adoption =>
  (repository) => {
    for (const [name, value] of Object.entries(values)) repository.setSetting(layer, "dev", name, value);
  };

const ids = ["444455556666", "555566667777", "666677778888"];

/** Options of `setup` for other accounts, and another region and repository. */
export const setupOptions = (environments: readonly string[]) => [
  ...["--accounts", environments.map((name, index) => `${name}=${ids[index] ?? ""}`).join(",")],
  ...["--region", "us-west-2", "--repository", "acme/orders", "--repository-ids", "1234567/7654321"],
];

/**
 * Command lines of `add`, one of each kind, with the number of files that a person would write or change. The names are
 * none that a service has.
 */
export const additions: readonly (readonly [commandLine: string, files: number])[] = [
  ["task-type sample.daily", 3],
  ["route sample", 3],
  ["schedule sample-nightly", 1],
  ["queue samplemails --function samplemailer", 6],
  ["function samplejanitor", 3],
  ["table samplerecords --by worker", 3],
  ["bucket samplefiles --by worker", 3],
  ["secret sample-token --task-type sample.daily", 1],
];

/** Adoptions by commands. */
const byCommand: Readonly<Record<string, Adoption>> = {
  "another name": async (repository) => {
    await repository.cli("rename", "order-service");
  },
  "other accounts, another region and repository": async (repository) => {
    await repository.cli("setup", ...setupOptions(environmentNames()));
  },
  "no GitHub": async (repository) => {
    await repository.cli("setup", "--repository", "none");
  },
  "one environment": async (repository) => {
    await repository.cli("setup", "--environments", "dev");
  },
  "no examples": async (repository) => {
    await repository.cli("examples", "remove");
  },
  ...Object.fromEntries(
    [...additions.map(([commandLine]) => commandLine), "setting sample"].map(
      (commandLine): [string, Adoption] => [
        `add ${commandLine}`,
        async (repository) => {
          await repository.cli(
            "add",
            ...commandLine.replace("--task-type sample.daily", "").trim().split(" "),
          );
        },
      ],
    ),
  ),
};

/** Adoptions by other values in tfvars; all at once are valid. */
export const edits: Readonly<Record<string, Adoption>> = {
  "another team": settings("core", { owner: '"payments"', cost_center: '"cc-42"' }),
  "another retention": settings("core", { log_retention_days: "14" }),
  "a customer managed key in dev": settings("core", {
    "encryption.customer_managed_key": "true",
    "encryption.deletion_window_days": "10",
  }),
  "other limits of the API": settings("infra", {
    "http_api.throttling_rate_limit": "60",
    "http_api.throttling_burst_limit": "70",
    "http_api.cors_allow_origins": '["https://orders.example.org"]',
  }),
  "other limits of the queue": settings("infra", {
    "task_queue.worker_timeout_seconds": "45",
    "task_queue.batching_window_seconds": "2",
    "task_queue.max_receive_count": "7",
    "task_queue.retention_days": "5",
  }),
  "another recovery": settings("infra", {
    "table.point_in_time_recovery": "true",
    "secrets.recovery_window_days": "7",
  }),
  "a slower sweep": settings("infra", { "outbox.sweep_interval_minutes": "5" }),
  "larger batches": async (repository) => {
    await settings("infra", { "task_queue.batching_window_seconds": "2" })(repository);
    await settings("app", { "worker.batch_size": "25", "worker.maximum_concurrency": "4" })(repository);
  },
  "other sizes and levels of the functions": settings("app", {
    log_level: '"WARN"',
    system_log_level: '"WARN"',
    "api.memory_mb": "768",
    "worker.memory_mb": "256",
    "worker.secret_max_age_seconds": "30",
    "producer.timeout_seconds": "50",
    "producer.reserved_concurrency": "3",
  }),
  "IAM authorization": settings("app", { authorization: '"iam"', jwt: undefined }),
};

/** Each may be the only one. */
export const adoptions: Readonly<Record<string, Adoption>> = {
  ...byCommand,
  ...edits,
  "no schedules": settings("infra", { schedules: "{}" }),
  "JWT authorization": settings("app", {
    authorization: '"jwt"',
    jwt: '{ issuer = "https://login.example.org", audience = ["orders"] }',
  }),
  "no table": settings("infra", { "table.enabled": "false" }),
};
