import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import type { Construct } from "constructs";
import type { Naming } from "../shared/naming";
import { suppressCheck } from "../shared/suppression";
import type { InfraConfig } from "../config/schemas/infra";

export interface TaskSecretsProps {
  readonly nameOf: Naming;
  readonly config: InfraConfig["secrets"];
  readonly keyArn: string | undefined;
}

/**
 * A secret for each name that a task type declares, without a value: `npm run cli -- secret` sets it, so that it is never in
 * Terraform's state.
 * @returns their ARNs by name
 */
export function taskSecretArns(
  scope: Construct,
  { nameOf, config, keyArn }: TaskSecretsProps,
): Record<string, string> {
  const arnOf = (name: string) => {
    const secret = new SecretsmanagerSecret(scope, `secret-${name}`, {
      name: nameOf(name),
      description:
        "Read by the worker for the task types that declare it. Set the value with npm run cli -- secret.",
      recoveryWindowInDays: config.recovery_window_days,
      // Without a customer managed key Secrets Manager encrypts with the key aws/secretsmanager.
      kmsKeyId: keyArn,
    });
    suppressCheck(
      secret,
      "CKV2_AWS_57",
      "the owner of the secret rotates it; functions read a new value without a deployment",
    );
    return secret.arn;
  };
  return Object.fromEntries(taskSecrets.map((name) => [name, arnOf(name)]));
}
