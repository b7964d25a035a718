import type { Attributes } from "../testing/synthesize";
import { strings } from "./attributes";
import { roleStatements } from "./lookups";
import { unless, type Rule } from "./rule";

const clusters = "aws_rds_cluster";

/** What each cluster must have, and why. */
const ofClusters: Readonly<Record<string, (attributes: Attributes) => boolean>> = {
  "storage_encrypted = true": ({ storage_encrypted }) => storage_encrypted === true,
  "iam_database_authentication_enabled = true": ({ iam_database_authentication_enabled }) =>
    iam_database_authentication_enabled === true,
  "manage_master_user_password = true, and no master_password": (attributes) =>
    attributes.manage_master_user_password === true && !("master_password" in attributes),
};

export const storeRules: readonly Rule[] = [
  {
    name: "databases are encrypted and have no password in Terraform",
    reason: "data could be read from a disk or a snapshot, and the password from a state",
    violations: (environment) =>
      environment
        .all(clusters)
        .flatMap((cluster) =>
          Object.entries(ofClusters).flatMap(([expected, holds]) =>
            unless(holds(cluster.attributes), cluster, expected, cluster.attributes),
          ),
        ),
  },
  {
    name: "databases have no public address, and require TLS",
    reason: "anyone could try to log in, and a connection could be read",
    violations: (environment) => [
      ...environment.all("aws_rds_cluster_instance").flatMap((instance) => {
        const found = instance.attributes.publicly_accessible;
        return unless(found === false, instance, "publicly_accessible = false", found);
      }),
      ...environment.all("aws_rds_cluster_parameter_group").flatMap((group) => {
        const found = JSON.stringify(group.attributes.parameter);
        return unless(
          found.includes('{"name":"rds.force_ssl","value":"1"}'),
          group,
          "rds.force_ssl = 1",
          found,
        );
      }),
    ],
  },
  {
    name: "protected databases survive mistakes",
    reason: "a wrong apply would delete all tasks",
    violations: (environment) =>
      environment.synthesized.config.core.protected
        ? environment.all(clusters).flatMap((cluster) => {
            const { deletion_protection, skip_final_snapshot, backup_retention_period } = cluster.attributes;
            const holds =
              deletion_protection === true &&
              skip_final_snapshot === false &&
              Number(backup_retention_period) >= 7;
            return unless(
              holds,
              cluster,
              "deletion_protection, a final snapshot and backups of 7 days",
              cluster.attributes,
            );
          })
        : [],
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
