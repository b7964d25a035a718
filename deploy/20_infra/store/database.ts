import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import type { StoreConfig } from "../../config/schemas/store";
import type { Alarms } from "../../shared/alarms";
import type { Naming } from "../../shared/naming";
import { trustService } from "../../shared/policy-document";
import { suppressCheck } from "../../shared/suppression";
import { functionsOnlyGroup } from "../network/functions-only-group";
import type { Network } from "../network/network";
import { addDatabaseAlarms } from "./database-alarms";
import { database } from "./database-names";

export interface DatabaseProps {
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly config: StoreConfig;
  readonly network: Network;
  readonly alarms: Alarms;
}

/** The version of packages/local-databases. Minor upgrades are automatic, and ignored by Terraform. */
const engine = { engine: "aurora-postgresql", engineVersion: "16.14" };
const family = "aurora-postgresql16";

const parameters = {
  // Connections without TLS are refused.
  "rds.force_ssl": "1",
  // A function that is frozen keeps its connection, which would keep the cluster from pausing.
  idle_session_timeout: "60000",
  log_statement: "ddl",
  log_min_duration_statement: "1000",
};

const monitoringSeconds = 60;
/** AWS has no older data than this without a further charge. */
const insightsDays = 7;

/** Aurora PostgreSQL Serverless v2, which the functions reach in the network and log in to with IAM. */
export class Database extends Construct {
  /** The database as the functions use it. */
  readonly url: string;
  readonly resourceId: string;
  readonly masterSecretArn: string;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { nameOf, core, config, network, alarms } = props;
    const name = nameOf("tasks");
    const subnets = new DbSubnetGroup(this, "subnets", {
      name,
      description: "Private subnets of the database",
      subnetIds: Object.values(network.subnetIds),
    });
    const settings = new RdsClusterParameterGroup(this, "parameters", {
      name,
      family,
      description: "TLS, the end of idle sessions, and the log of slow statements",
      parameter: Object.entries(parameters).map(([parameter, value]) => ({ name: parameter, value })),
    });
    const cluster = new RdsCluster(this, "Resource", {
      clusterIdentifier: name,
      ...engine,
      engineMode: "provisioned",
      databaseName: database.name,
      port: database.port,
      masterUsername: database.masterUser,
      // RDS stores the password in Secrets Manager and rotates it; it is in no state of Terraform.
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: core.key_arn,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      kmsKeyId: core.key_arn,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [
        functionsOnlyGroup(this, {
          what: "database",
          name: nameOf("database"),
          network,
          port: database.port,
        }),
      ],
      dbClusterParameterGroupName: settings.name,
      serverlessv2ScalingConfiguration: {
        minCapacity: config.min_capacity,
        maxCapacity: config.max_capacity,
        ...(config.min_capacity === 0 && { secondsUntilAutoPause: config.auto_pause_seconds }),
      },
      backupRetentionPeriod: config.backup_retention_days,
      copyTagsToSnapshot: true,
      deletionProtection: config.deletion_protection,
      skipFinalSnapshot: !config.deletion_protection,
      finalSnapshotIdentifier: `${name}-final`,
      enabledCloudwatchLogsExports: ["postgresql"],
      lifecycle: { ignoreChanges: ["engine_version"] },
    });
    suppressCheck(
      cluster,
      "CKV2_AWS_8",
      "snapshots and point-in-time recovery of the cluster; AWS Backup would copy the same",
    );
    if (core.key_arn === undefined) suppressCheck(cluster, "CKV_AWS_327", "encrypted with the key of AWS");
    if (!config.deletion_protection) suppressCheck(cluster, "CKV_AWS_139", "deletion_protection of tfvars");
    this.instances(cluster, subnets.name, props);
    addDatabaseAlarms(cluster, name, alarms, config);
    this.url = `postgresql://${database.role}@${cluster.endpoint}:${database.port}/${database.name}?sslmode=verify-full`;
    this.resourceId = cluster.clusterResourceId;
    this.masterSecretArn = cluster.masterUserSecret.get(0).secretArn;
  }

  private instances(cluster: RdsCluster, subnetGroup: string, { nameOf, core, config }: DatabaseProps): void {
    const monitoringRole = new IamRole(this, "monitoring-role", {
      name: nameOf("database-monitoring"),
      description: "Writes the enhanced monitoring of the database",
      assumeRolePolicy: trustService("monitoring.rds.amazonaws.com"),
      permissionsBoundary: core.permissions_boundary_arn,
    });
    new IamRolePolicyAttachment(this, "monitoring-policy", {
      role: monitoringRole.name,
      policyArn: `arn:${core.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
    for (let index = 1; index <= config.instances; index++) {
      const instance = new RdsClusterInstance(this, `instance-${index}`, {
        identifier: nameOf(`tasks-${index}`),
        clusterIdentifier: cluster.clusterIdentifier,
        ...engine,
        instanceClass: "db.serverless",
        dbSubnetGroupName: subnetGroup,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        monitoringInterval: monitoringSeconds,
        monitoringRoleArn: monitoringRole.arn,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: core.key_arn,
        performanceInsightsRetentionPeriod: insightsDays,
        lifecycle: { ignoreChanges: ["engine_version"] },
      });
      if (core.key_arn === undefined) suppressCheck(instance, "CKV_AWS_354", "encrypted with the key of AWS");
    }
  }
}
