/** A check of Checkov for stores that has no result here, and what holds instead. */
export interface CheckWithoutResult {
  /** The type that the check reads, which no stack has; or one that it skips, such as a cluster of another engine. */
  readonly on: string;
  /** The rule of deploy/policies with the same intent for the resources that the stacks have. */
  readonly rule?: string;
  /** Why there is nothing to require. */
  readonly reason?: string;
}

const encrypted = "databases are encrypted and have no password in Terraform";
const reached = "databases have no public address, and require TLS";
const logged = "databases log changes of the schema, and slow statements";
const upgraded = "databases have a supported version, and are upgraded";
const kept = "protected databases survive mistakes, and a zone that fails";
const cached = "caches are encrypted, in two zones, and reached with TLS";
const grouped = "databases and caches are reached by security groups only";
const secret = "Terraform does not set values of secrets";

const database = "aws_db_instance";
const cache = "aws_elasticache_replication_group";
const cluster = "aws_elasticache_cluster";
const parameter = "aws_ssm_parameter";
const mysql = "aws_rds_cluster";

/** The stores are Aurora PostgreSQL and ElastiCache Serverless: Checkov has no check of the latter. */
export const dataChecksWithoutResult: Readonly<Record<string, CheckWithoutResult>> = {
  CKV_AWS_16: { on: database, rule: encrypted },
  CKV_AWS_129: { on: database, rule: logged },
  CKV_AWS_157: { on: database, rule: kept },
  CKV_AWS_161: { on: database, rule: encrypted },
  CKV_AWS_211: { on: database, rule: reached },
  CKV_AWS_293: { on: database, rule: kept },
  CKV_AWS_388: { on: database, rule: upgraded },
  CKV2_AWS_30: { on: database, rule: logged },
  CKV2_AWS_60: { on: database, rule: kept },
  CKV2_AWS_69: { on: database, rule: reached },
  CKV_AWS_325: { on: mysql, reason: "audit logs of Aurora MySQL" },
  CKV_AWS_326: { on: mysql, reason: "Aurora PostgreSQL has no backtracking" },
  CKV_AWS_29: { on: cache, rule: cached },
  CKV_AWS_30: { on: cache, rule: cached },
  CKV_AWS_31: {
    on: cache,
    reason: "only the functions reach the cache, which has counters of hashed callers; it has no users",
  },
  CKV_AWS_134: { on: cluster, reason: "a backup of counters that are valid for a minute is worth nothing" },
  CKV_AWS_191: { on: cache, rule: cached },
  CKV_AWS_196: { on: "aws_elasticache_security_group", rule: grouped },
  CKV_AWS_322: { on: cluster, reason: "ElastiCache Serverless has no other minor versions than the latest" },
  CKV_AWS_323: { on: cluster, rule: cached },
  CKV2_AWS_50: { on: cache, rule: cached },
  CKV_AWS_337: { on: parameter, rule: secret },
  CKV2_AWS_34: { on: parameter, rule: secret },
};
