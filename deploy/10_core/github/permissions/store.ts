import { masterSecretName } from "../../../20_infra/store/database-names";
import { hasPostgres } from "../../../config/task-store";
import { iamArn, regionalArn } from "../../../shared/arn";
import { migrationsName } from "../../../shared/naming";
import { viaServices } from "../../../shared/policy-document";
import { cachePermissions } from "./cache";
import type { DeploymentPermission, DeploymentScope } from "./permission";

const rds = (names: string) => names.split(" ").map((name) => `rds:${name}`);

export const databaseReads = rds(
  "DescribeDBClusterParameterGroups DescribeDBClusterParameters DescribeDBClusters DescribeDBInstances DescribeDBSubnetGroups ListTagsForResource",
);
export const databaseWrites = rds(
  "AddTagsToResource CreateDBCluster CreateDBClusterParameterGroup CreateDBClusterSnapshot CreateDBInstance CreateDBSubnetGroup DeleteDBCluster DeleteDBClusterParameterGroup DeleteDBInstance DeleteDBSubnetGroup ModifyDBCluster ModifyDBClusterParameterGroup ModifyDBInstance ModifyDBSubnetGroup RemoveTagsFromResource ResetDBClusterParameterGroup",
);

/** What the optional stores need: the database and the cache. */
export const storePermissions = (scope: DeploymentScope): DeploymentPermission[] => [
  ...databasePermissions(scope),
  ...cachePermissions(scope),
];

/** The database, when tfvars have one, its master user's secret, and the migrations that a deployment applies. */
function databasePermissions({
  awsContext,
  namePrefix,
  keyArn,
  parts,
}: DeploymentScope): DeploymentPermission[] {
  if (!hasPostgres(parts)) return [];
  const kinds = ["cluster", "cluster-pg", "cluster-snapshot", "db", "subgrp"];
  return [
    {
      sid: "Database",
      resources: kinds.map((kind) => regionalArn(awsContext, "rds", `${kind}:${namePrefix}-*`)),
      creates: {
        aws_db_subnet_group: "name",
        aws_rds_cluster: "clusterIdentifier",
        aws_rds_cluster_instance: "identifier",
        aws_rds_cluster_parameter_group: "name",
      },
      read: databaseReads,
      write: databaseWrites,
    },
    // A list; it has no resource.
    { sid: "GlobalDatabases", resources: ["*"], read: rds("DescribeGlobalClusters"), write: [] },
    {
      // RDS creates and tags the secret with the permissions of the caller.
      sid: "MasterSecret",
      resources: [regionalArn(awsContext, "secretsmanager", `secret:${masterSecretName}`)],
      read: ["secretsmanager:DescribeSecret"],
      write: ["secretsmanager:CreateSecret", "secretsmanager:RotateSecret", "secretsmanager:TagResource"],
    },
    {
      sid: "MonitoringRole",
      resources: [iamArn(awsContext, `role/${namePrefix}-database-monitoring`)],
      read: [],
      write: ["iam:PassRole"],
      writeCondition: { StringEquals: { "iam:PassedToService": "monitoring.rds.amazonaws.com" } },
    },
    {
      sid: "Migrations",
      resources: [regionalArn(awsContext, "lambda", `function:${namePrefix}-${migrationsName}`)],
      creates: { aws_lambda_invocation: undefined },
      read: [],
      write: ["lambda:InvokeFunction"],
    },
    ...(keyArn === undefined
      ? []
      : [
          {
            sid: "DatabaseKey",
            resources: [keyArn],
            read: [],
            write: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey"],
            writeCondition: { StringEquals: { "kms:ViaService": viaServices(awsContext.region, ["rds"]) } },
          },
        ]),
  ];
}
