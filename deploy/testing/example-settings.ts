import { permissionsOf } from "@serverless-tasks/functions/permissions";
import { functionNames } from "@serverless-tasks/functions/service";
import type { Layer } from "../shared/layers";
import { exampleRepository } from "./workflow-claims";

/** HCL expressions by name, see packages/hcl-edit; undefined removes a setting. */
export type Settings = Readonly<Record<string, string | undefined>>;

/**
 * The values of the example environments. A setting that is not here has the value of the team's first environment: a
 * test that depends on it sets it.
 */
export const exampleSettings = (account: string): Readonly<Record<Layer, Settings>> => ({
  core: {
    project: '"example"',
    owner: '"platform"',
    cost_center: '"shared"',
    protected: "false",
    region: '"eu-central-1"',
    allowed_account_ids: `["${account}"]`,
    log_retention_days: "7",
    "encryption.customer_managed_key": "false",
    "encryption.deletion_window_days": "7",
    alarms_enabled: "false",
    alarm_emails: "[]",
    alarm_https_endpoints: "[]",
    operators: `["arn:aws:iam::${account}:role/on-call"]`,
    github: JSON.stringify(exampleRepository),
  },
  infra: {
    "http_api.throttling_rate_limit": "50",
    "http_api.throttling_burst_limit": "100",
    "http_api.cors_allow_origins": '["http://localhost:3000"]',
    domain: undefined,
    edge: undefined,
    network: undefined,
    store: undefined,
    cache: undefined,
    "task_queue.worker_timeout_seconds": "30",
    "task_queue.batching_window_seconds": "0",
    "task_queue.max_receive_count": "5",
    "task_queue.retention_days": "4",
    "table.enabled": "true",
    "table.point_in_time_recovery": "false",
    "table.deletion_protection": "false",
    "table.task_retention_days": "7",
    "outbox.sweep_interval_minutes": "1",
    "secrets.recovery_window_days": "0",
    "alarms.oldest_message_seconds": "300",
    "alarms.api_5xx_percent": "1",
    "alarms.api_4xx_percent": "5",
    "alarms.api_p99_milliseconds": "3000",
    "alarms.table_throttles": "10",
    "alarms.table_transaction_conflicts": "10",
    schedules: "{}",
  },
  app: {
    log_level: '"DEBUG"',
    system_log_level: '"INFO"',
    authorization: '"none"',
    jwt: undefined,
    in_network: undefined,
    "alarms.function_error_percent": "1",
    "alarms.duration_percent": "80",
    "alarms.concurrency_percent": "80",
    "api.memory_mb": "512",
    "api.timeout_seconds": "10",
    "api.reserved_concurrency": undefined,
    "worker.memory_mb": "512",
    "worker.batch_size": "10",
    "worker.maximum_concurrency": "2",
    "worker.secret_max_age_seconds": "5",
    "worker.reserved_concurrency": undefined,
    "producer.memory_mb": "1769",
    "producer.timeout_seconds": "60",
    "producer.reserved_concurrency": undefined,
  },
});

/** Whether a team has added a table or a bucket that functions use. */
const uses = (kind: "tables" | "buckets") =>
  functionNames.some((name) => Object.keys(permissionsOf(name)[kind]).length > 0);

/** A network with the endpoints of what the functions use. */
const networkWith = ({ hasTaskTable }: { readonly hasTaskTable: boolean }) => {
  const endpoints = [
    ...(hasTaskTable || uses("tables") ? ["dynamodb"] : []),
    ...["kms", "logs", "secretsmanager", "sqs", "xray"],
    ...(uses("buckets") ? ["s3"] : []),
  ];
  return `{ cidr = "10.20.0.0/20", availability_zones = ["eu-central-1a", "eu-central-1b"], endpoints = [${endpoints.map((name) => `"${name}"`).join(", ")}] }`;
};

/** Values of the parts that are off unless tfvars have them. */
export const exampleParts = {
  domain: '{ name = "api.example.com", hosted_zone = "example.com", create_zone = true }',
  edge: "{ rate_limit = 2000 }",
  network: networkWith({ hasTaskTable: true }),
};

/** Changes of the example of prod with tasks in PostgreSQL, and a cache. */
export const examplePostgres: Partial<Record<Layer, Settings>> = {
  infra: {
    "table.enabled": "false",
    "table.deletion_protection": "false",
    "table.point_in_time_recovery": "false",
    cache: "{ rate_limit_per_minute = 600, rate_limit_burst = 100 }",
    store: '{ kind = "postgres", min_capacity = 0.5, max_capacity = 4, instances = 2 }',
    network: networkWith({ hasTaskTable: false }),
  },
};

/** Changes of the example of prod with a second region, which an edge and a network cannot have. */
export const exampleRecovery: Partial<Record<Layer, Settings>> = {
  core: { recovery: '{ region = "eu-west-1" }' },
  infra: { edge: undefined, network: undefined },
  app: { in_network: "false" },
};

/** The values of the example of prod: protected, with all features and reserved concurrency. */
export const protectedSettings: Readonly<Record<Layer, Settings>> = {
  core: {
    protected: "true",
    log_retention_days: "365",
    "encryption.customer_managed_key": "true",
    alarms_enabled: "true",
    alarm_emails: '["on-call@example.com"]',
  },
  infra: {
    "task_queue.retention_days": "13",
    "table.enabled": "true",
    "table.deletion_protection": "true",
    "table.point_in_time_recovery": "true",
    "table.task_retention_days": "90",
    "secrets.recovery_window_days": "30",
    "http_api.cors_allow_origins": '["https://app.example.com"]',
    domain: exampleParts.domain,
    edge: exampleParts.edge,
    network: exampleParts.network,
  },
  app: {
    log_level: '"INFO"',
    authorization: '"iam"',
    in_network: "true",
    jwt: undefined,
    "api.memory_mb": "1024",
    "api.reserved_concurrency": "200",
    "worker.memory_mb": "1024",
    "worker.maximum_concurrency": "50",
    "worker.reserved_concurrency": "50",
    "producer.reserved_concurrency": "5",
  },
};

export const exampleBackend = (layer: Layer, environment: string, account: string): Settings => ({
  bucket: `"example-${environment}-tfstate-${account}"`,
  key: `"${layer}/terraform.tfstate"`,
  region: '"eu-central-1"',
  dynamodb_table: `"example-${environment}-tflock"`,
});
