import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { iamArn } from "../../shared/arn";
import { denyOtherRegions } from "../../shared/other-regions";
import { policyDocument, type Statement } from "../../shared/policy-document";
import { hasPostgres } from "../../config/task-store";
import { suppressCheck } from "../../shared/suppression";
import type { GithubRepository } from "../../config/schemas/core";
import { denyPrivilegeEscalation } from "./deny-privilege-escalation";
import { alarmPermissions } from "./permissions/alarms";
import { appPermissions } from "./permissions/app";
import { corePermissions } from "./permissions/core";
import { infraPermissions } from "./permissions/infra";
import { optionalPermissions } from "./permissions/optional";
import {
  readStatements,
  writeStatements,
  type DeploymentPermission,
  type DeploymentScope,
} from "./permissions/permission";
import { storePermissions } from "./permissions/store";
import { statePermissions } from "./permissions/state";
import { denyDataAccess } from "./deny-data-access";
import { audience, githubIssuer, trustDeployment, trustPlan } from "./trust";

export interface GithubAccessProps extends DeploymentScope {
  readonly environment: string;
  readonly repository: GithubRepository;
}

/** An apply of all layers takes minutes. */
const maxSessionSeconds = 3600;

/** One policy for each layer: IAM limits a policy to 6,144 characters, and a role to ten policies. */
const permissions = {
  state: statePermissions,
  core: (scope: DeploymentScope) => [...corePermissions(scope), ...alarmPermissions(scope)],
  infra: infraPermissions,
  app: appPermissions,
  edge: optionalPermissions,
  store: storePermissions,
} as const;

/** Why the policy of the optional parts has `Resource: "*"` for actions that create. */
const withoutArn =
  "certificates, hosted zones and what CloudFront has get their ARNs when they are created; the account has no other environment";

/** Why the policy of the stores has `Resource: "*"` for an action that reads. */
const listAction =
  "rds:DescribeGlobalClusters lists; the provider calls it for every cluster, without the name of a global one";

/** Roles for the workflows of one GitHub repository: one to plan the environment, one to deploy it. */
export class GithubAccess extends Construct {
  readonly planRoleArn: string;
  readonly deployRoleArn: string;

  constructor(scope: Construct, id: string, props: GithubAccessProps) {
    super(scope, id);
    const { repository, environment } = props;
    const providerArn = this.provider(props);
    // IAM refuses policies without statements: without an optional part there is nothing to allow, or nothing to read.
    const policies = (role: string, statementsOf: (some: readonly DeploymentPermission[]) => Statement[]) =>
      Object.entries(permissions).flatMap(([layer, of]) => {
        const statements = statementsOf(of(props));
        return statements.length > 0 ? [this.policy(`${role}-${layer}`, statements, props)] : [];
      });
    const reads = policies("plan", readStatements);
    const writes = policies("deploy", writeStatements);
    const denied = [...denyDataAccess(props), ...denyOtherRegions(props.region, props.recoveryRegion)];
    this.planRoleArn = this.role("plan", props, trustPlan(providerArn, repository), reads, denied);
    this.deployRoleArn = this.role(
      "deploy",
      props,
      trustDeployment(providerArn, repository, environment),
      [...reads, ...writes],
      [...denyPrivilegeEscalation(props), ...denied],
    );
  }

  private provider({ awsContext, repository }: GithubAccessProps): string {
    if (repository.existing_provider) {
      return iamArn(awsContext, `oidc-provider/${githubIssuer}`);
    }
    const provider = new IamOpenidConnectProvider(this, "provider", {
      url: `https://${githubIssuer}`,
      clientIdList: [audience],
    });
    return provider.arn;
  }

  private policy(name: string, statements: Statement[], { namePrefix, parts }: GithubAccessProps): IamPolicy {
    const policy = new IamPolicy(this, name, {
      name: `${namePrefix}-${name}`,
      description: `Permissions of GitHub Actions workflows: ${name}`,
      policy: policyDocument(statements),
    });
    if (name === "plan-store" && hasPostgres(parts)) suppressCheck(policy, "CKV_AWS_355", listAction);
    if (name === "deploy-edge" && parts.edge !== undefined)
      for (const check of ["CKV_AWS_290", "CKV_AWS_355"]) suppressCheck(policy, check, withoutArn);
    return policy;
  }

  /** A role with attached policies, and an inline policy of what is denied. */
  private role(
    name: "plan" | "deploy",
    { namePrefix }: GithubAccessProps,
    assumeRolePolicy: string,
    allowed: readonly IamPolicy[],
    denied: readonly Statement[],
  ): string {
    const role = new IamRole(this, `${name}-role`, {
      name: `${namePrefix}-${name}`,
      description: `Assumed by GitHub Actions workflows to ${name} the environment`,
      assumeRolePolicy,
      maxSessionDuration: maxSessionSeconds,
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
