import { replace, set, without, type Breakage } from "./breakage";

const encrypted = "databases are encrypted and have no password in Terraform";
const reached = "databases have no public address, and require TLS";
const kept = "protected databases survive mistakes";
const cluster = (rule: string, change: Breakage[4]): Breakage => [
  rule,
  "infra",
  "aws_rds_cluster",
  "database",
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
  [reached, "infra", "aws_rds_cluster_instance", "database_instance-2", set({ publicly_accessible: true })],
  [reached, "infra", "aws_rds_cluster_parameter_group", "database", set({ parameter: [] })],
  [
    "only the migrations read the master user's secret",
    "app",
    "aws_iam_role_policy",
    "api",
    replace("policy", "database_resource_id", "database_secret_arn"),
  ],
];
