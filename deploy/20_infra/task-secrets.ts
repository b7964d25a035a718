import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import type { Construct } from "constructs";
import type { Naming } from "../shared/naming";
import { waive } from "../shared/waiver";
import type { InfraConfig } from "./config";

export interface TaskSecretsProps {
  readonly nameOf: Naming;
  readonly config: InfraConfig["secrets"];
  readonly keyArn: string | undefined;
}

/**
 * A secret for each name that a task type declares, without a value: `npm run cli -- secret` gives it one, so that Terraform's
 * state never holds it.
 * @returns their ARNs by name
 */
export function taskSecretArns(
  scope: Construct,
  { nameOf, config, keyArn }: TaskSecretsProps,
): Record<string, string> {
  const arnOf = (name: string) => {
    const secret = new SecretsmanagerSecret(scope, `secret-${name}`, {
      name: nameOf(name),
      description: "For task types that declare it; npm run cli -- secret sets its value",
      recoveryWindowInDays: config.recovery_window_days,
      // Without a key of ours Secrets Manager encrypts with the account's own.
      kmsKeyId: keyArn,
    });
    waive(
      secret,
      "CKV2_AWS_57",
      "whoever shares the secret rotates it; functions see a new value without a deployment",
    );
    return secret.arn;
  };
  return Object.fromEntries(taskSecrets.map((name) => [name, arnOf(name)]));
}
