import * as z from "zod";
import { replace, set, without, type Breakage } from "./breakage";

const encrypted = "databases are encrypted and have no password in Terraform";
const reached = "databases have no public address, and require TLS";
const kept = "protected databases survive mistakes, and a zone that fails";
const grouped = "databases and caches are reached by security groups only";
const logged = "databases log changes of the schema, and slow statements";
const upgraded = "databases have a supported version, and are upgraded";
const cached = "caches are encrypted, in two zones, and reached with TLS";
const cluster = (rule: string, change: Breakage[4]): Breakage => [
  rule,
  "infra",
  "aws_rds_cluster",
  "database",
  change,
];
const instance = (rule: string, change: Breakage[4]): Breakage => [
  rule,
  "infra",
  "aws_rds_cluster_instance",
  "database_instance-2",
  change,
];
const parameters = (rule: string, change: Breakage[4]): Breakage => [
  rule,
  "infra",
  "aws_rds_cluster_parameter_group",
  "database",
  change,
];
const withoutParameter =
  (removed: string): Breakage[4] =>
  (attributes) => ({
    ...attributes,
    parameter: z
      .array(z.looseObject({ name: z.string() }))
      .parse(attributes.parameter)
      .filter(({ name }) => name !== removed),
  });
const cache = (change: Breakage[4]): Breakage => [
  cached,
  "infra",
  "aws_elasticache_serverless_cache",
  "cache",
  change,
];

/** Changes of an environment with PostgreSQL that violate the rules of the store. */
export const storeBreakages: readonly Breakage[] = [
  cluster(encrypted, set({ storage_encrypted: false })),
  cluster(encrypted, without("iam_database_authentication_enabled")),
  cluster(encrypted, set({ master_password: "secret" })),
  cluster(kept, set({ deletion_protection: false })),
  cluster(kept, set({ skip_final_snapshot: true })),
  cluster(kept, set({ backup_retention_period: 1 })),
  cluster(encrypted, without("kms_key_id")),
  instance(encrypted, set({ performance_insights_kms_key_id: "alias/aws/rds" })),
  cluster(kept, without("copy_tags_to_snapshot")),
  instance(kept, without("copy_tags_to_snapshot")),
  instance(kept, set({ cluster_identifier: "other" })),
  instance(reached, set({ publicly_accessible: true })),
  instance(reached, set({ ca_cert_identifier: "rds-ca-2019" })),
  parameters(reached, withoutParameter("rds.force_ssl")),
  ...["database", "cache"].map((server): Breakage => [
    grouped,
    "infra",
    "aws_vpc_security_group_ingress_rule",
    `${server}_from-functions`,
    set({ referenced_security_group_id: undefined, cidr_ipv4: "10.20.0.0/20" }),
  ]),
  cluster(logged, set({ enabled_cloudwatch_logs_exports: [] })),
  parameters(logged, withoutParameter("log_statement")),
  parameters(logged, withoutParameter("log_min_duration_statement")),
  cluster(upgraded, set({ engine_version: "11.8" })),
  instance(upgraded, set({ auto_minor_version_upgrade: false })),
  cache(without("kms_key_id")),
  cache(set({ subnet_ids: ["subnet-1"] })),
  [
    cached,
    "app",
    "aws_lambda_function",
    "api",
    set({ environment: { variables: { URL: "redis://cache" } } }),
  ],
  [
    "only the migrations read the master user's secret",
    "app",
    "aws_iam_role_policy",
    "api",
    replace("policy", "database_resource_id", "database_secret_arn"),
  ],
];
