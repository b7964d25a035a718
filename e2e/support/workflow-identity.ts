import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { deployClaims, planClaims, type WorkflowClaims } from "../../deploy/testing/workflow-claims";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { assumed, credentialVariables } from "./credentials";

export type WorkflowRole = "plan" | "deploy";

/** A token with the claims that GitHub issues to a job. The emulator does not verify the signature. */
const token = (claims: WorkflowClaims): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.signature`;
};

/**
 * Assumes a workflow's role by a web identity token, as .github/actions/log-in does.
 * @throws {STSServiceException} AccessDenied when the role does not trust the token
 */
export async function assumeWorkflowRole(
  { config, target }: Pick<LocalCloud, "config" | "target">,
  role: WorkflowRole,
  claims: WorkflowClaims = claimsOf(config, role),
) {
  const sts = new STSClient(localClientConfig(target));
  return assumed(
    await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::${target.accountId}:role/${config.core.project}-${config.name}-${role}`,
        RoleSessionName: "workflow",
        WebIdentityToken: token(claims),
      }),
    ),
  );
}

/** Environment variables of a command that a workflow runs under a role. */
export async function workflowEnvironment(cloud: LocalCloud, role: WorkflowRole): Promise<NodeJS.ProcessEnv> {
  return { ...cloud.env, ...credentialVariables(await assumeWorkflowRole(cloud, role)) };
}

function claimsOf({ core, name }: EnvironmentConfig, role: WorkflowRole): WorkflowClaims {
  if (core.github === undefined)
    throw new Error(`Expected github in the tfvars of 10_core of ${name}, found nothing`);
  return role === "deploy" ? deployClaims(core.github, name) : planClaims(core.github);
}
