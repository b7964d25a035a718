import type { Construct } from "constructs";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { namePrefix, standardTags } from "../shared/naming";
import { publish } from "../shared/state-contract";
import { EncryptionKey } from "./encryption-key";
import { keyUsagePolicy, tracingPolicy } from "./function-policies";
import { GithubAccess } from "./github/github-access";
import { coreOutputs } from "./outputs";
import { PermissionsBoundary } from "./permissions-boundary";
import { connectedPlace } from "./place";

/** The foundation: names and tags, the optional key, and the IAM policies that every function builds on. */
export class CoreStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "core", config);
    const prefix = namePrefix(config);
    const tags = standardTags(config);
    const { encryption, github, log_retention_days } = config.core;

    this.configureProvider(tags);
    const place = connectedPlace(this);
    const key = encryption.customer_managed_key
      ? new EncryptionKey(this, "key", {
          place,
          namePrefix: prefix,
          deletionWindowDays: encryption.deletion_window_days,
        })
      : undefined;
    const boundary = new PermissionsBoundary(this, "boundary", {
      place,
      namePrefix: prefix,
      keyArn: key?.arn,
    });
    const access =
      github &&
      new GithubAccess(this, "github", {
        place,
        namePrefix: prefix,
        boundaryArn: boundary.arn,
        keyArn: key?.arn,
        tags,
        backends: Object.values(config.backends),
        environment: config.name,
        repository: github,
      });

    publish(this, coreOutputs, {
      ...place,
      tags,
      log_retention_days,
      permissions_boundary_arn: boundary.arn,
      tracing_policy_arn: tracingPolicy(this, prefix).arn,
      key_arn: key?.arn,
      key_usage_policy_arn: key && keyUsagePolicy(this, prefix, place, key.arn).arn,
      plan_role_arn: access?.planRoleArn,
      deploy_role_arn: access?.deployRoleArn,
    });
  }
}
