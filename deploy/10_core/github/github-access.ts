import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../../shared/policy-document";
import type { GithubRepository } from "../../config/schemas/core";
import { ownProtection } from "./deny-privilege-escalation";
import { appPermissions } from "./permissions/app";
import { corePermissions } from "./permissions/core";
import { infraPermissions } from "./permissions/infra";
import { changeStatements, lookStatements, type DeploymentScope } from "./permissions/permission";
import { statePermissions } from "./permissions/state";
import { secretsOf } from "./deny-data-access";
import { audience, githubIssuer, trustDeployment, trustPlan } from "./trust";

export interface GithubAccessProps extends DeploymentScope {
  readonly environment: string;
  readonly repository: GithubRepository;
}

/** A deployment has to end some time, an apply of all layers takes minutes. */
const longestSessionSeconds = 3600;

/** By the layer that needs them; IAM limits a policy to 6,144 characters, and a role to ten policies. */
const permissions = {
  state: statePermissions,
  core: corePermissions,
  infra: infraPermissions,
  app: appPermissions,
} as const;

/** Lets workflows of one GitHub repository plan the environment, and deploy it. */
export class GithubAccess extends Construct {
  readonly planRoleArn: string;
  readonly deployRoleArn: string;

  constructor(scope: Construct, id: string, props: GithubAccessProps) {
    super(scope, id);
    const { repository, environment } = props;
    const providerArn = this.provider(props);
    const looks = Object.entries(permissions).map(([layer, of]) =>
      this.policy(`plan-${layer}`, lookStatements(of(props)), props),
    );
    const changes = Object.entries(permissions).map(([layer, of]) =>
      this.policy(`deploy-${layer}`, changeStatements(of(props)), props),
    );
    this.planRoleArn = this.role("plan", props, trustPlan(providerArn, repository), looks, secretsOf(props));
    this.deployRoleArn = this.role(
      "deploy",
      props,
      trustDeployment(providerArn, repository, environment),
      [...looks, ...changes],
      [...ownProtection(props), ...secretsOf(props)],
    );
  }

  private provider({ place, repository }: GithubAccessProps): string {
    if (repository.existing_provider) {
      return `arn:${place.partition}:iam::${place.account_id}:oidc-provider/${githubIssuer}`;
    }
    const provider = new IamOpenidConnectProvider(this, "provider", {
      url: `https://${githubIssuer}`,
      clientIdList: [audience],
    });
    return provider.arn;
  }

  private policy(name: string, statements: Statement[], { namePrefix }: GithubAccessProps): IamPolicy {
    return new IamPolicy(this, name, {
      name: `${namePrefix}-${name}`,
      description: `What GitHub's workflows need for ${name}`,
      policy: policyDocument(statements),
    });
  }

  /** A role with what its policies allow, but for what is denied to it. */
  private role(
    name: "plan" | "deploy",
    { namePrefix }: GithubAccessProps,
    assumeRolePolicy: string,
    allowed: readonly IamPolicy[],
    denied: readonly Statement[],
  ): string {
    const role = new IamRole(this, `${name}-role`, {
      name: `${namePrefix}-${name}`,
      description: `Assumed by GitHub's workflows to ${name}`,
      assumeRolePolicy,
      maxSessionDuration: longestSessionSeconds,
    });
    new IamRolePolicy(this, `${name}-denied`, {
      name: "denied",
      role: role.name,
      policy: policyDocument(denied),
    });
    for (const policy of allowed) {
      const id = `${name}-${policy.node.id}-attachment`;
      new IamRolePolicyAttachment(this, id, { role: role.name, policyArn: policy.arn });
    }
    return role.arn;
  }
}
