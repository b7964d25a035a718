import type { Attributes } from "../testing/synthesize";
import { strings } from "./attributes";
import { roleStatements } from "./lookups";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule, type Violation } from "./rule";

const clusters = "aws_rds_cluster";
const instances = "aws_rds_cluster_instance";
const parameterGroups = "aws_rds_cluster_parameter_group";
const caches = "aws_elasticache_serverless_cache";

type Conditions = Readonly<Record<string, (attributes: Attributes) => boolean>>;

/** The conditions, by what is expected, that resources of a type do not meet. */
const violated = (environment: ResolvedEnvironment, type: string, conditions: Conditions): Violation[] =>
  environment
    .all(type)
    .flatMap((resource) =>
      Object.entries(conditions).flatMap(([expected, holds]) =>
        unless(holds(resource.attributes), resource, expected, resource.attributes),
      ),
    );

const isOn =
  (name: string) =>
  (attributes: Attributes): boolean =>
    attributes[name] === true;

const hasParameter =
  (name: string, value: string) =>
  ({ parameter }: Attributes): boolean =>
    JSON.stringify(parameter).includes(JSON.stringify({ name, value }));

/** Whether an attribute refers to a key of the environment, if it has one. */
const hasOwnKey =
  (environment: ResolvedEnvironment, name: string) =>
  (attributes: Attributes): boolean =>
    !environment.synthesized.config.core.encryption.customer_managed_key ||
    environment.referred(attributes[name], "aws_kms_key") !== undefined;

/** Earlier versions have no support, and some read files of the server for a client. */
const oldestPostgres = 14;
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html */
const supportedAuthority = /^rds-ca-(rsa2048|rsa4096|ecc384)-g1$/;

/** The security groups of the servers in the network. */
const serverGroups = (environment: ResolvedEnvironment): (Resource | undefined)[] =>
  [
    ...environment.all(clusters).flatMap(({ attributes }) => strings(attributes.vpc_security_group_ids)),
    ...environment.all(caches).flatMap(({ attributes }) => strings(attributes.security_group_ids)),
  ].map((reference) => environment.referred(reference, "aws_security_group"));

export const storeRules: readonly Rule[] = [
  {
    name: "databases are encrypted and have no password in Terraform",
    reason: "data could be read from a disk or a snapshot, and the password from a state",
    violations: (environment) => [
      ...violated(environment, clusters, {
        "storage_encrypted = true": isOn("storage_encrypted"),
        "kms_key_id of the environment": hasOwnKey(environment, "kms_key_id"),
        "iam_database_authentication_enabled = true": isOn("iam_database_authentication_enabled"),
        "manage_master_user_password = true, and no master_password": (attributes) =>
          attributes.manage_master_user_password === true && !("master_password" in attributes),
      }),
      ...violated(environment, instances, {
        "performance_insights_kms_key_id of the environment": hasOwnKey(
          environment,
          "performance_insights_kms_key_id",
        ),
      }),
    ],
  },
  {
    name: "databases have no public address, and require TLS",
    reason: "anyone could try to log in, and a connection could be read",
    violations: (environment) => [
      ...violated(environment, instances, {
        "publicly_accessible = false": ({ publicly_accessible }) => publicly_accessible === false,
        "a ca_cert_identifier that RDS supports, or its default": ({ ca_cert_identifier: authority }) =>
          authority === undefined || (typeof authority === "string" && supportedAuthority.test(authority)),
      }),
      ...violated(environment, parameterGroups, { "rds.force_ssl = 1": hasParameter("rds.force_ssl", "1") }),
    ],
  },
  {
    name: "databases and caches are reached by security groups only",
    reason: "every address of the network could connect",
    violations: (environment) => {
      const groups = serverGroups(environment);
      return environment
        .all("aws_vpc_security_group_ingress_rule")
        .filter(({ attributes }) =>
          groups.includes(environment.referred(attributes.security_group_id, "aws_security_group")),
        )
        .flatMap((rule) => {
          const { referenced_security_group_id: from, cidr_ipv4, cidr_ipv6 } = rule.attributes;
          const holds = from !== undefined && cidr_ipv4 === undefined && cidr_ipv6 === undefined;
          return unless(
            holds,
            rule,
            "referenced_security_group_id, and no range of addresses",
            rule.attributes,
          );
        });
    },
  },
  {
    name: "databases log changes of the schema, and slow statements",
    reason: "a slow or wrong statement could not be found",
    violations: (environment) => [
      ...violated(environment, clusters, {
        "the log postgresql in enabled_cloudwatch_logs_exports": (attributes) =>
          strings(attributes.enabled_cloudwatch_logs_exports).includes("postgresql"),
      }),
      ...violated(environment, parameterGroups, {
        "log_statement = ddl": hasParameter("log_statement", "ddl"),
        "log_min_duration_statement = 1000": hasParameter("log_min_duration_statement", "1000"),
      }),
    ],
  },
  {
    name: "databases have a supported version, and are upgraded",
    reason: "known vulnerabilities would remain",
    violations: (environment) => [
      ...violated(environment, clusters, {
        [`engine_version of ${oldestPostgres} or later`]: ({ engine_version }) =>
          Number.parseInt(String(engine_version), 10) >= oldestPostgres,
      }),
      ...violated(environment, instances, {
        "auto_minor_version_upgrade = true": isOn("auto_minor_version_upgrade"),
      }),
    ],
  },
  {
    name: "protected databases survive mistakes, and a zone that fails",
    reason: "a wrong apply would delete all tasks, and a zone would stop the service",
    violations: (environment) => {
      if (!environment.synthesized.config.core.protected) return [];
      const ofCluster = ({ id, type }: Resource) =>
        environment
          .all(instances)
          .filter(({ attributes }) => environment.referred(attributes.cluster_identifier, type)?.id === id);
      return [
        ...violated(environment, clusters, {
          "deletion_protection = true": isOn("deletion_protection"),
          "skip_final_snapshot = false": ({ skip_final_snapshot }) => skip_final_snapshot === false,
          "backup_retention_period of 7 or more": ({ backup_retention_period }) =>
            Number(backup_retention_period) >= 7,
          "copy_tags_to_snapshot = true": isOn("copy_tags_to_snapshot"),
        }),
        ...violated(environment, instances, {
          "copy_tags_to_snapshot = true": isOn("copy_tags_to_snapshot"),
        }),
        ...environment.all(clusters).flatMap((cluster) => {
          const found = ofCluster(cluster).length;
          return unless(found >= 2, cluster, "two instances, which RDS puts into two zones", found);
        }),
      ];
    },
  },
  {
    name: "caches are encrypted, in two zones, and reached with TLS",
    reason: "counters could be read, and a zone that fails would turn the limits off",
    violations: (environment) => [
      // ElastiCache Serverless accepts connections with TLS only, and encrypts what it stores.
      ...violated(environment, caches, {
        "kms_key_id of the environment": hasOwnKey(environment, "kms_key_id"),
        "subnet_ids of two zones": ({ subnet_ids }) => strings(subnet_ids).length >= 2,
      }),
      ...violated(environment, "aws_lambda_function", {
        "a URL of a cache with rediss:": (attributes) => !JSON.stringify(attributes).includes('"redis:'),
      }),
    ],
  },
  {
    name: "only the migrations read the master user's secret",
    reason: "a function that serves requests could change the schema",
    violations: (environment) =>
      environment.all("aws_lambda_function").flatMap((called) => {
        const readsIt = roleStatements(environment, called).some(({ Resource }) =>
          strings(Resource).some((arn) => arn.includes("master_user_secret")),
        );
        const isMigrations = String(called.attributes.function_name).endsWith("-migrations");
        return unless(
          !readsIt || isMigrations,
          called,
          "no permission on the master user's secret",
          "GetSecretValue",
        );
      }),
  },
];
