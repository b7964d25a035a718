import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";
import type { AwsContext } from "../shared/arn";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { namePrefix, standardTags } from "../shared/naming";
import { publish } from "../shared/state-contract";
import { EncryptionKey } from "./encryption-key";
import { keyUsagePolicy, tracingPolicy } from "./function-policies";
import { GithubAccess } from "./github/github-access";
import { coreOutputs } from "./outputs";
import { PermissionsBoundary } from "./permissions-boundary";

/** The foundation: tags, the optional KMS key, the IAM policies of all functions, and the roles of GitHub Actions. */
export class CoreStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "core", config);
    const prefix = namePrefix(config);
    const tags = standardTags(config);
    const { encryption, github, log_retention_days } = config.core;

    this.configureProvider(tags);
    const awsContext = currentAwsContext(this);
    const key = encryption.customer_managed_key
      ? new EncryptionKey(this, "key", {
          awsContext,
          namePrefix: prefix,
          deletionWindowDays: encryption.deletion_window_days,
        })
      : undefined;
    const boundary = new PermissionsBoundary(this, "boundary", {
      awsContext,
      namePrefix: prefix,
      keyArn: key?.arn,
    });
    const access =
      github &&
      new GithubAccess(this, "github", {
        awsContext,
        namePrefix: prefix,
        boundaryArn: boundary.arn,
        keyArn: key?.arn,
        tags,
        backends: Object.values(config.backends),
        environment: config.name,
        repository: github,
      });

    publish(this, coreOutputs, {
      ...awsContext,
      tags,
      log_retention_days,
      permissions_boundary_arn: boundary.arn,
      tracing_policy_arn: tracingPolicy(this, prefix).arn,
      key_arn: key?.arn,
      key_usage_policy_arn: key && keyUsagePolicy(this, prefix, awsContext, key.arn).arn,
      plan_role_arn: access?.planRoleArn,
      deploy_role_arn: access?.deployRoleArn,
    });
  }
}

/** The account, region and partition of the provider, read from AWS. */
const currentAwsContext = (scope: Construct): AwsContext => ({
  account_id: new DataAwsCallerIdentity(scope, "caller").accountId,
  region: new DataAwsRegion(scope, "region").name,
  partition: new DataAwsPartition(scope, "partition").partition,
});
