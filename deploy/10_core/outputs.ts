import type { Contract, Optional, Outputs } from "../shared/state-contract";
import type { EnvironmentConfig } from "../config/environment-config";
import { edgeRegion } from "../shared/edge-region";

/** Outputs of the core layer for the layers above it. */
export const coreOutputs = {
  account_id: "string",
  region: "string",
  /** ARN partition: `aws`, `aws-cn` or `aws-us-gov`. */
  partition: "string",
  tags: "string map",
  log_retention_days: "number",
  /** The permissions boundary of every function's role. */
  permissions_boundary_arn: "string",
  /** Allows a function to send traces to X-Ray. */
  tracing_policy_arn: "string",
  /** The customer managed key, when tfvars enable it. */
  key_arn: "optional string",
  /** Allows a function to use that key through the services that store its data. */
  key_usage_policy_arn: "optional string",
  /** The topic that alarms notify, when tfvars enable alarms. */
  alarm_topic_arn: "optional string",
  /** The topic that alarms of CloudFront notify, in its region, when that is not the environment's. */
  edge_alarm_topic_arn: "optional string",
  /** Roles that GitHub Actions workflows assume to plan and to deploy, when tfvars name their repository. */
  plan_role_arn: "optional string",
  deploy_role_arn: "optional string",
  /** The role that operators assume, when tfvars name some. */
  operator_role_arn: "optional string",
} as const satisfies Contract;

export type CoreOutputs = Outputs<typeof coreOutputs>;

/** Whether the layer publishes each of its optional outputs. */
export const presentCoreOutputs = (
  config: EnvironmentConfig,
): Readonly<Record<Optional<typeof coreOutputs>, boolean>> => {
  const { encryption, github, alarms_enabled, operators } = config.core;
  return {
    key_arn: encryption.customer_managed_key,
    key_usage_policy_arn: encryption.customer_managed_key,
    alarm_topic_arn: alarms_enabled,
    edge_alarm_topic_arn: needsEdgeTopic(config),
    plan_role_arn: github !== undefined,
    deploy_role_arn: github !== undefined,
    operator_role_arn: operators.length > 0,
  };
};

/** Whether alarms of CloudFront need a topic of their own. */
export const needsEdgeTopic = ({ core, infra }: EnvironmentConfig): boolean =>
  core.alarms_enabled && infra.edge !== undefined && core.region !== edgeRegion;
