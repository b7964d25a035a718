import { partitionOf } from "../../deploy/shared/aws-partition";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { namePrefix } from "../../deploy/shared/naming";

/** The role that a workflow assumes, and its region, as outputs of a workflow's step. */
export async function workflowRole(environment: string, role: "plan" | "deploy"): Promise<string> {
  const config = await loadEnvironment(environment);
  const { region, allowed_account_ids } = config.core;
  const [account = ""] = allowed_account_ids;
  return `arn=arn:${partitionOf(region)}:iam::${account}:role/${namePrefix(config)}-${role}\nregion=${region}`;
}
