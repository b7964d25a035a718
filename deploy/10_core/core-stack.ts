import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";
import { iamArn, type AwsContext } from "../shared/arn";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { standbyConfig } from "../config/standby-config";
import { inBothRegions } from "../shared/other-regions";
import { edgeRegion } from "../shared/edge-region";
import { hasPostgres } from "../config/task-store";
import { globalSuffix, namePrefix, standardTags } from "../shared/naming";
import { publish } from "../shared/state-contract";
import { AlarmTopic } from "./alarm-topic";
import { dataKeyStatements, EncryptionKey } from "./encryption-key";
import { keyUsagePolicy, tracingPolicy } from "./function-policies";
import { GithubAccess } from "./github/github-access";
import { OperatorRole } from "./operator-role";
import { coreOutputs, needsEdgeTopic } from "./outputs";
import { boundaryName, PermissionsBoundary } from "./permissions-boundary";

/** The foundation: tags, the optional KMS key, the IAM policies of all functions, and the roles of GitHub Actions and of operators. */
export class CoreStack extends LayerStack {
  constructor(parent: Construct, config: EnvironmentConfig) {
    super(parent, "core", config);
    const prefix = namePrefix(config);
    const suffix = globalSuffix(config);
    const tags = standardTags(config);
    const { encryption, github, log_retention_days, operators } = config.core;
    const { alarms_enabled, alarm_emails, alarm_https_endpoints } = config.core;

    this.configureProvider(tags);
    const awsContext = currentAwsContext(this);
    const key = encryption.customer_managed_key
      ? new EncryptionKey(this, "key", {
          awsContext,
          alias: prefix,
          description: `Encrypts queues, table, secrets, logs and function variables of ${prefix}`,
          deletionWindowDays: encryption.deletion_window_days,
          statements: dataKeyStatements(awsContext, prefix),
        })
      : undefined;
    const subscribed = {
      namePrefix: prefix,
      keyDeletionWindowDays: key && encryption.deletion_window_days,
      emails: alarm_emails,
      httpsEndpoints: alarm_https_endpoints,
    };
    const topic = alarms_enabled
      ? new AlarmTopic(this, "alarm-topic", { awsContext, ...subscribed })
      : undefined;
    const global = config.infra.domain && this.edgeProvider(tags);
    // An alarm notifies topics of its own region only, and CloudFront's alarms are in another one.
    const edgeTopic = needsEdgeTopic(config)
      ? new AlarmTopic(this, "edge-alarm-topic", {
          awsContext: { ...awsContext, region: edgeRegion },
          ...subscribed,
          provider: global,
        })
      : undefined;
    const boundary = new PermissionsBoundary(this, "boundary", {
      awsContext,
      namePrefix: prefix,
      suffix,
      keyArn: key?.arn,
      hasNetwork: config.infra.network !== undefined,
      hasDatabase: hasPostgres(config.infra),
    });
    const standby = standbyConfig(config);
    const recoveryRegion = standby?.core.region;
    const scope = {
      awsContext: inBothRegions(awsContext, recoveryRegion),
      region: awsContext.region,
      ...{ recoveryRegion, namePrefix: prefix, keyArn: key?.arn, tags },
      backends: [config, standby].flatMap((region) => Object.values(region?.backends ?? {})),
    };
    const standbyBoundaries = standby
      ? [iamArn(awsContext, `policy/${boundaryName({ namePrefix: prefix, suffix: globalSuffix(standby) })}`)]
      : [];
    const access =
      github &&
      new GithubAccess(this, "github", {
        ...scope,
        boundaryArn: standby ? [boundary.arn, ...standbyBoundaries] : boundary.arn,
        hasAlarms: alarms_enabled,
        parts: config.infra,
        environment: config.name,
        repository: github,
      });
    const operatorRole =
      operators.length === 0 ? undefined : new OperatorRole(this, "operator", { ...scope, operators });

    publish(this, coreOutputs, {
      ...awsContext,
      tags,
      log_retention_days,
      permissions_boundary_arn: boundary.arn,
      tracing_policy_arn: tracingPolicy(this, prefix, suffix).arn,
      key_arn: key?.arn,
      key_usage_policy_arn:
        key && keyUsagePolicy(this, { namePrefix: prefix, suffix }, awsContext, key.arn).arn,
      alarm_topic_arn: topic?.arn,
      edge_alarm_topic_arn: edgeTopic?.arn,
      plan_role_arn: access?.planRoleArn,
      deploy_role_arn: access?.deployRoleArn,
      operator_role_arn: operatorRole?.arn,
    });
  }
}

/** The account, region and partition of the provider, read from AWS. */
const currentAwsContext = (scope: Construct): AwsContext => ({
  account_id: new DataAwsCallerIdentity(scope, "caller").accountId,
  region: new DataAwsRegion(scope, "region").name,
  partition: new DataAwsPartition(scope, "partition").partition,
});
