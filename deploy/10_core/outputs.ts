import type { Contract, Optional, Outputs } from "../shared/state-contract";
import type { CoreConfig } from "../config/schemas/core";

/** What the core layer publishes for the layers above it. */
export const coreOutputs = {
  account_id: "text",
  region: "text",
  /** ARN partition: `aws`, `aws-cn` or `aws-us-gov`. */
  partition: "text",
  tags: "text map",
  log_retention_days: "number",
  /** Caps every function's role, whatever its own policies say. */
  permissions_boundary_arn: "text",
  /** Lets a function send its traces to X-Ray. */
  tracing_policy_arn: "text",
  /** The customer managed key, when tfvars turn it on. */
  key_arn: "optional text",
  /** Lets a function use that key through the services that hold its data. */
  key_usage_policy_arn: "optional text",
  /** What GitHub's workflows assume to plan and to deploy, when tfvars name their repository. */
  plan_role_arn: "optional text",
  deploy_role_arn: "optional text",
} as const satisfies Contract;

export type CoreOutputs = Outputs<typeof coreOutputs>;

/** Which of the optional outputs there are. */
export const presentCoreOutputs = ({
  encryption,
  github,
}: CoreConfig): Readonly<Record<Optional<typeof coreOutputs>, boolean>> => ({
  key_arn: encryption.customer_managed_key,
  key_usage_policy_arn: encryption.customer_managed_key,
  plan_role_arn: github !== undefined,
  deploy_role_arn: github !== undefined,
});
